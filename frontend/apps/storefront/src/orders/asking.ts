import { characters } from '../core/validate.ts'
import { returnable } from './standing.ts'
import type { MyOrder, RefundReason, ReturnKind } from './wire.ts'

/** What the customer is about to do; each has a form or a question before it is done. */
export type Ask =
  | { what: 'cancel' }
  | { what: 'refund' }
  | { what: 'return' }
  | { what: 'answer'; refund?: number; delay?: string; agrees: boolean }
  | { what: 'withdraw'; refund?: number; return?: number }

/** Names it within its order: for its draft, its key and its button. */
export const nameOf = (ask: Ask): string => Object.values(ask).join('-') + ('return' in ask ? '-return' : '')

/** What was typed into both forms; every field as the controls give it. */
export interface Typed {
  reason: RefundReason | ''
  detail: string
  kind: ReturnKind
  quantities: Record<string, number>
  why: string
}

export const nothingTyped = (): Typed => ({ reason: '', detail: '', kind: 'return', quantities: {}, why: '' })

export const MIN_REASON = 10
export const MAX_REASON = 500

/** In the order of the forms: the first mistake gets the focus. */
export const ORDER_FIELDS = ['reason', 'detail', 'items', 'why'] as const
export type OrderField = (typeof ORDER_FIELDS)[number]
export type OrderMistake = 'choose' | 'tooShort' | 'tooLong'
export type OrderMistakes = Partial<Record<OrderField, OrderMistake>>

/** What is missing in the form of this ask; a question has nothing to fill in. */
export function mistakesIn({ what }: Ask, typed: Typed, order: MyOrder): OrderMistakes {
  if (what === 'refund') {
    return found({
      reason: typed.reason ? undefined : 'choose',
      detail: lengthOf(typed.detail, typed.reason === 'other'),
    })
  }
  if (what !== 'return') return {}
  return found({
    items: chosen(typed).length ? undefined : 'choose',
    why: lengthOf(typed.why, needsWhy(typed, order)),
  })
}

function found(all: Record<string, OrderMistake | undefined>): OrderMistakes {
  return Object.fromEntries(Object.entries(all).filter(([, mistake]) => mistake)) as OrderMistakes
}

function lengthOf(text: string, needed: boolean): OrderMistake | undefined {
  const count = characters(text)
  if (count > MAX_REASON) return 'tooLong'
  return needed && count < MIN_REASON ? 'tooShort' : undefined
}

const chosen = ({ quantities }: Typed): { product: string; quantity: number }[] =>
  Object.entries(quantities).filter(([, quantity]) => quantity > 0).map(([product, quantity]) => ({ product, quantity }))

/** A return needs a reason unless all that goes back may go without one; with nothing chosen yet, all that could. */
export function needsWhy(typed: Typed, order: MyOrder): boolean {
  const items = chosen(typed)
  return (items.length ? items : returnable(order)).some(({ product }) => !order.can.return_without_reason.includes(product))
}

export interface Command {
  path: string
  body: Record<string, unknown>
}

/** The request that does it. */
export function commandOf(ask: Ask, typed: Typed): Command {
  switch (ask.what) {
    case 'cancel':
      return { path: 'cancel', body: {} }
    case 'refund':
      return { path: 'refund-requests', body: { reason: typed.reason, ...words('detail', typed.detail) } }
    case 'return':
      return { path: 'returns', body: { kind: typed.kind, items: chosen(typed), ...words('reason', typed.why) } }
    case 'answer':
    case 'withdraw': {
      const { what, ...body } = ask
      return { path: what, body }
    }
  }
}

const words = (name: string, text: string): Record<string, string> => (text.trim() ? { [name]: text.trim() } : {})

/** Where the server's word about a field of the body belongs: a return's `reason` is the form's `why`. */
export function fieldOf({ what }: Ask, path: string): OrderField | undefined {
  const name = path.split(/[.[]/)[0] ?? ''
  const own = what === 'return' && name === 'reason' ? 'why' : name
  return ORDER_FIELDS.find((field) => field === own)
}
