import type { MyOrder, MyOrderRow, MyOrderStep, MyRefund, MyReturn, OrderItem, RefundState, RefundStep, ReturnState } from './wire.ts'

export type Badge = 'to_ship' | 'overdue' | 'shipped' | 'delivered' | 'cancelled' | 'refunded_full' | 'ended'

/** The one word about an order. */
export function badgeOf({ standing, overdue, delivered_at, cancelled_at }: MyOrder): Badge {
  if (standing === 'ended') return cancelled_at ? 'cancelled' : 'refunded_full'
  if (standing === 'shipped') return delivered_at ? 'delivered' : 'shipped'
  return overdue ? 'overdue' : 'to_ship'
}

/** The same in the list, which does not say how an order ended, nor whether it arrived. */
export const badgeOfRow = ({ standing, overdue }: MyOrderRow): Badge => (standing === 'to_ship' && overdue ? 'overdue' : standing)

const DECIDED: ReadonlySet<RefundState> = new Set(['on_its_way', 'paid', 'delayed'])

/** What a cancellation or a request gives back: all that was paid and does not go back already. */
export function leftOf({ paid, refunds }: MyOrder): number {
  const gone = refunds.filter(({ state }) => DECIDED.has(state)).reduce((sum, { amount }) => sum + amount, 0)
  return Math.max(0, paid - gone)
}

/** The words for them. */
export type StepName =
  'asked' | 'offered' | 'agreed' | 'paid' | 'pick_up_arranged' | 'received' | 'refunded' | 'replaced'

export interface Step {
  name: StepName
  reached: boolean
  at?: string | undefined
}

/** The way of a refund; nothing of one that went nowhere. */
export function refundSteps({ state, number, at }: MyRefund, history: readonly MyOrderStep[]): Step[] {
  if (state === 'rejected' || state === 'withdrawn') return []
  const decided = DECIDED.has(state)
  const when = (step: RefundStep) => timeOf(`refund_${step}`, number, history)
  const first = when('requested') ?? when('proposed')
  const asked: Step[] = first || !decided ? [{ name: state === 'proposed' ? 'offered' : 'asked', reached: true, at: first ?? at }] : []
  return [
    ...asked,
    { name: 'agreed', reached: decided, at: when('approved') ?? (asked.length ? undefined : at) },
    { name: 'paid', reached: state === 'paid', at: when('paid') },
  ]
}

const RETURN_WAY = ['requested', 'accepted', 'pick_up_arranged', 'received', 'refunded']

/** The way of a return: asked for, picked up, received, and then the money or another piece. */
export function returnSteps({ state, kind, number }: MyReturn, history: readonly MyOrderStep[]): Step[] {
  const far = RETURN_WAY.indexOf(state === 'replaced' ? 'refunded' : state)
  if (far < 0) return []
  const when = (step: ReturnState) => timeOf(`return_${step}`, number, history)
  const last = kind === 'exchange' ? 'replaced' : 'refunded'
  return [
    { name: 'asked', reached: true, at: when('requested') },
    { name: 'pick_up_arranged', reached: far >= 2, at: when('pick_up_arranged') },
    { name: 'received', reached: far >= 3, at: when('received') },
    { name: last, reached: far >= 4, at: when(last) },
  ]
}

const timeOf = (event: MyOrderStep['event'], number: number, history: readonly MyOrderStep[]): string | undefined =>
  history.findLast((one) => one.event === event && one.number === number)?.at

/** Until the goods are back a return can be taken back. */
export const canTakeBackReturn = ({ state }: MyReturn): boolean =>
  ['requested', 'accepted', 'pick_up_arranged'].includes(state)

/** What was bought and is not going back already, each product once. */
export function returnable({ items, returns }: MyOrder): OrderItem[] {
  const sum = (all: { product: string; quantity: number }[], wanted: string) =>
    all.reduce((count, { product, quantity }) => (product === wanted ? count + quantity : count), 0)
  const gone = returns.filter(({ state }) => state !== 'rejected' && state !== 'withdrawn').flatMap((one) => one.items)
  return items.flatMap((item, place) => {
    const { product } = item
    const quantity = sum(items, product) - sum(gone, product)
    return quantity > 0 && items.findIndex((one) => one.product === product) === place ? [{ ...item, quantity }] : []
  })
}
