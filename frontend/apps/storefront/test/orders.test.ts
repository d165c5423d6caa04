import { describe, expect, it } from 'vitest'
import {
  commandOf, fieldOf, mistakesIn, nameOf, needsWhy, nothingTyped, type Ask, type Typed,
} from '../src/orders/asking.ts'
import { calendarDay, money } from '../src/orders/format.ts'
import {
  badgeOf, badgeOfRow, canTakeBackReturn, leftOf, refundSteps, returnable, returnSteps,
} from '../src/orders/standing.ts'
import type { MyOrder, MyOrderRow, MyOrderStep, MyRefund, MyReturn } from '../src/orders/wire.ts'

const order = (some: Partial<MyOrder> = {}): MyOrder => ({
  number: 'A1001', currency: 'TWD', total: 128_000, shipping: 6000, paid: 128_000, refunded: 0,
  items: [
    { product: 'tea', title: '烏龍茶', quantity: 2, unit_price: 48_000, returnable: true },
    { product: 'cup', title: '陶杯', quantity: 1, unit_price: 26_000, returnable: false },
  ],
  payment_method: 'credit_card', created_at: '2026-11-15T02:00:00Z', ship_by: '2026-12-01T15:59:59.999Z',
  latest_delivery: '2026-12-04T15:59:59.999Z', overdue: false, standing: 'to_ship',
  can: { cancel_and_refund: false, ask_refund: false, ask_cancel: false, return: false, return_without_reason: [] },
  refunds: [], returns: [], contact: {}, ...some,
})
const refund = (some: Partial<MyRefund> = {}): MyRefund => ({
  number: 1, amount: 48_000, state: 'requested', reason: 'late', at: '2026-11-20T02:00:00Z', inquiry: 'i', ...some,
})
const goingBack = (some: Partial<MyReturn> = {}): MyReturn => ({
  number: 1, kind: 'return', state: 'requested', items: [{ product: 'tea', quantity: 1 }], inquiry: 'i', ...some,
})
const typed = (some: Partial<Typed>): Typed => ({ ...nothingTyped(), ...some })

const REFUND: Ask = { what: 'refund' }
const RETURN: Ask = { what: 'return' }

describe('the word about an order', () => {
  it.each<[Partial<MyOrder>, string]>([
    [{}, 'to_ship'],
    [{ overdue: true }, 'overdue'],
    [{ standing: 'shipped', shipped_at: '2026-11-20T02:00:00Z' }, 'shipped'],
    [{ standing: 'shipped', delivered_at: '2026-11-21T02:00:00Z' }, 'delivered'],
    [{ standing: 'ended', cancelled_at: '2026-11-21T02:00:00Z' }, 'cancelled'],
    [{ standing: 'ended' }, 'refunded_full'],
  ])('%j is %s', (some, word) => {
    expect(badgeOf(order(some))).toBe(word)
  })
})

it('the list knows no more than where an order stands', () => {
  const row = (some: Partial<MyOrderRow>): MyOrderRow => ({
    number: 'A1001', items: '烏龍茶 ×2, 陶杯', currency: 'TWD', total: 128_000, standing: 'to_ship', overdue: false,
    created_at: '2026-11-15T02:00:00Z', ship_by: '2026-12-01T15:59:59Z', ...some,
  })
  const rows = [row({}), row({ overdue: true }), row({ standing: 'shipped' }), row({ standing: 'ended' })]
  expect(rows.map(badgeOfRow)).toEqual(['to_ship', 'overdue', 'shipped', 'ended'])
})

describe('what goes back to the customer', () => {
  it('is all that was paid, shipping included', () => {
    expect(leftOf(order())).toBe(128_000)
  })

  it('is less by what goes back already, not by wishes, offers and refusals', () => {
    const states = ['requested', 'proposed', 'rejected', 'withdrawn', 'on_its_way', 'paid', 'delayed'] as const
    const refunds = states.map((state, at) => refund({ number: at + 1, state, amount: 10_000 }))
    expect(leftOf(order({ refunds }))).toBe(98_000)
  })

  it('is nothing where nothing was paid', () => {
    expect(leftOf(order({ paid: 0 }))).toBe(0)
  })
})

describe('the way of a refund', () => {
  const way = (one: MyRefund, steps = [] as Parameters<typeof refundSteps>[1]) =>
    refundSteps(one, steps).map(({ name, reached }) => `${name} ${reached}`)

  it('begins with the wish and ends with the money', () => {
    expect(way(refund())).toEqual(['asked true', 'agreed false', 'paid false'])
    expect(way(refund({ state: 'paid' }), [{ at: '2026-11-20T02:00:00Z', event: 'refund_requested', number: 1 }]))
      .toEqual(['asked true', 'agreed true', 'paid true'])
  })

  it('begins with the decision where nobody had to ask', () => {
    expect(way(refund({ state: 'on_its_way' }))).toEqual(['agreed true', 'paid false'])
  })

  it('is no way where it went nowhere', () => {
    expect([...way(refund({ state: 'rejected' })), ...way(refund({ state: 'withdrawn' }))]).toEqual([])
  })

  it('takes its times from its own steps only', () => {
    const steps: MyOrderStep[] = [
      { at: '2026-11-21T02:00:00Z', event: 'refund_approved', number: 1 },
      { at: '2026-11-22T02:00:00Z', event: 'refund_paid', number: 2 },
      { at: '2026-11-23T02:00:00Z', event: 'return_requested', number: 1 },
    ]
    expect(refundSteps(refund({ state: 'paid' }), steps).map(({ at }) => at)).toEqual(['2026-11-21T02:00:00Z', undefined])
  })
})

describe('the way of a return', () => {
  const reached = (some: Partial<MyReturn>) => returnSteps(goingBack(some), []).filter((step) => step.reached).map(({ name }) => name)

  it.each<[MyReturn['state'], string[]]>([
    ['requested', ['asked']],
    ['accepted', ['asked']],
    ['pick_up_arranged', ['asked', 'pick_up_arranged']],
    ['received', ['asked', 'pick_up_arranged', 'received']],
    ['refunded', ['asked', 'pick_up_arranged', 'received', 'refunded']],
    ['rejected', []],
    ['withdrawn', []],
  ])('%s', (state, names) => {
    expect(reached({ state })).toEqual(names)
  })

  it('of an exchange ends with the replacement', () => {
    expect(reached({ state: 'replaced', kind: 'exchange' }).at(-1)).toBe('replaced')
    expect(returnSteps(goingBack({ kind: 'exchange' }), []).at(-1)).toMatchObject({ name: 'replaced', reached: false })
  })

  it('can be taken back until the goods are', () => {
    const states = ['requested', 'accepted', 'pick_up_arranged', 'received', 'refunded', 'rejected'] as const
    expect(states.map((state) => canTakeBackReturn(goingBack({ state })))).toEqual([true, true, true, false, false, false])
  })
})

describe('what may go back', () => {
  const rest = (some: Partial<MyOrder>) => returnable(order(some)).map(({ product, quantity }) => `${product} ${quantity}`)

  it('is what was bought, less what goes back already', () => {
    expect(rest({})).toEqual(['tea 2', 'cup 1'])
    expect(rest({ returns: [goingBack(), goingBack({ items: [{ product: 'cup', quantity: 1 }] })] })).toEqual(['tea 1'])
    expect(rest({ returns: [goingBack({ state: 'rejected' }), goingBack({ state: 'withdrawn' })] })).toEqual(['tea 2', 'cup 1'])
  })

  it('counts a product once that was bought in two lines', () => {
    const tea = { product: 'tea', title: '烏龍茶', quantity: 2, unit_price: 1, returnable: true }
    expect(rest({ items: [tea, { ...tea, quantity: 3 }] })).toEqual(['tea 5'])
  })
})

describe('what is missing in a form', () => {
  const missing = (ask: Ask, some: Partial<Typed>, of = order()) => mistakesIn(ask, typed(some), of)

  it('a refund needs a reason, and another reason ten characters of it', () => {
    expect(missing(REFUND, {})).toEqual({ reason: 'choose' })
    expect(missing(REFUND, { reason: 'late' })).toEqual({})
    expect(missing(REFUND, { reason: 'other', detail: '九個字不夠清楚啊啊 ' })).toEqual({ detail: 'tooShort' })
    expect(missing(REFUND, { reason: 'other', detail: '十個字就足夠清楚了啊' })).toEqual({})
    expect(missing(REFUND, { reason: 'late', detail: '字'.repeat(501) })).toEqual({ detail: 'tooLong' })
  })

  it('a return needs something that goes back, and a reason unless all of it may go without', () => {
    const can = { ...order().can, return: true, return_without_reason: ['cup'] }
    const shipped = order({ standing: 'shipped', can })
    expect(missing(RETURN, { quantities: { cup: 0 } }, shipped)).toEqual({ items: 'choose', why: 'tooShort' })
    expect(missing(RETURN, { quantities: { cup: 1 } }, shipped)).toEqual({})
    expect(missing(RETURN, { quantities: { cup: 1, tea: 1 }, why: '太苦' }, shipped)).toEqual({ why: 'tooShort' })
    expect(missing(RETURN, { quantities: { tea: 1 }, why: '茶罐的封口已經打開過了' }, shipped)).toEqual({})
    expect(needsWhy(typed({ quantities: { cup: 1 } }), shipped)).toBe(false)
  })

  it('a question has nothing to fill in', () => {
    expect(missing({ what: 'cancel' }, {})).toEqual({})
  })
})

describe('the request', () => {
  it.each<[Ask, Partial<Typed>, object]>([
    [{ what: 'cancel' }, {}, { path: 'cancel', body: {} }],
    [REFUND, { reason: 'late', detail: '  ' }, { path: 'refund-requests', body: { reason: 'late' } }],
    [REFUND, { reason: 'other', detail: ' 改變主意了 ' }, { path: 'refund-requests', body: { reason: 'other', detail: '改變主意了' } }],
    [RETURN, { kind: 'exchange', quantities: { tea: 1, cup: 0 }, why: '破了' },
      { path: 'returns', body: { kind: 'exchange', items: [{ product: 'tea', quantity: 1 }], reason: '破了' } }],
    [{ what: 'answer', refund: 2, agrees: false }, {}, { path: 'answer', body: { refund: 2, agrees: false } }],
    [{ what: 'answer', delay: '2026-12-10', agrees: true }, {}, { path: 'answer', body: { delay: '2026-12-10', agrees: true } }],
    [{ what: 'withdraw', return: 1 }, {}, { path: 'withdraw', body: { return: 1 } }],
  ])('of %j', (ask, some, command) => {
    expect(commandOf(ask, typed(some))).toEqual(command)
  })

  it('has a name of its own for each thing that can be asked for', () => {
    const asks: Ask[] = [
      { what: 'cancel' }, REFUND, RETURN, { what: 'withdraw', refund: 1 }, { what: 'withdraw', return: 1 },
      { what: 'answer', refund: 1, agrees: true }, { what: 'answer', refund: 1, agrees: false },
      { what: 'answer', delay: '2026-12-10', agrees: true }, { what: 'answer', delay: '2026-12-10', agrees: false },
      { what: 'answer', delay: '2026-12-11', agrees: true },
    ]
    expect(new Set(asks.map(nameOf)).size).toBe(asks.length)
  })

  it('the server names fields as in the body; the form by their own name', () => {
    expect(fieldOf(REFUND, 'reason')).toBe('reason')
    expect(fieldOf(RETURN, 'reason')).toBe('why')
    expect(fieldOf(RETURN, 'items[0].quantity')).toBe('items')
    expect(fieldOf(RETURN, 'inquiry')).toBeUndefined()
  })
})

describe('money', () => {
  it.each([
    [128_000, 'TWD', 'zh-Hant', 'NT$1,280'],
    [128_050, 'TWD', 'zh-Hant', 'NT$1,280.50'],
    [128_000, 'TWD', 'en', 'NT$1,280'],
    [128_000, 'HKD', 'zh-Hant', 'HK$1,280'],
    [1280, 'JPY', 'en', '¥1,280'],
    [128_000, 'CNY', 'zh-Hans', '¥1,280'],
  ] as const)('%i %s in %s is %s', (minor, currency, locale, written) => {
    expect(money(minor, currency, locale)).toBe(written)
  })
})

describe('a day', () => {
  const now = new Date('2026-11-25T04:00:00Z')

  it('is the day on the shop’s calendar, wherever the reader is', () => {
    expect(calendarDay('2026-12-01T15:59:59.999Z', 'zh-Hant', 'Asia/Taipei', now)).toBe('12月1日')
    expect(calendarDay('2026-12-01T15:59:59.999Z', 'en', 'Asia/Tokyo', now)).toBe('December 2')
  })

  it('is itself when it came as a date, and has its year when it is another one', () => {
    expect(calendarDay('2026-12-20', 'zh-Hant', 'America/Los_Angeles', now)).toBe('12月20日')
    expect(calendarDay('2027-01-05', 'zh-Hant', undefined, now)).toBe('2027年1月5日')
  })
})
