import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Care } from '../src/orders/care.ts'
import { OrdersApi } from '../src/orders/api.ts'
import type { OrderPanel } from '../src/orders/panel.ts'
import type { MyOrder } from '../src/orders/wire.ts'
import { ordersTranslator } from '../src/i18n/orders/index.ts'

type Answer = Response | Error | Promise<Response>

const ORDERS = 'https://api.example/v1/shops/taipei/my/orders'
const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status })
const order = (some: object = {}): MyOrder => ({
  number: 'A1001', currency: 'TWD', total: 128_000, shipping: 6000, paid: 128_000, refunded: 0,
  items: [{ product: 'tea', title: '烏龍茶', quantity: 2, unit_price: 61_000, returnable: true }],
  payment_method: 'credit_card', created_at: '2026-11-15T02:00:00Z', ship_by: '2026-11-20T15:59:59Z',
  latest_delivery: '2026-11-24T15:59:59Z', overdue: true, standing: 'to_ship',
  can: { cancel_and_refund: true, ask_refund: true, ask_cancel: false, return: false, return_without_reason: [] },
  refunds: [], returns: [], contact: {}, ...some,
})
const cancelled = order({ overdue: false, standing: 'ended', cancelled_at: '2026-11-25T02:00:00Z' })

let sent: { url: string; key: string | null; body: unknown }[]
/** What the API says to the next commands, in their order. */
let answers: Answer[]
let current: MyOrder
let told: [string, object][]

beforeEach(() => {
  const stored = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => stored.set(name, value),
  })
  vi.stubGlobal('document', { visibilityState: 'hidden' })
  vi.stubGlobal('navigator', { onLine: true })
  sent = []
  answers = []
  told = []
  current = order()
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}): Promise<Response> => {
    if (init.method !== 'POST') return json({ order: current, steps: [] })
    sent.push({ url, key: new Headers(init.headers).get('idempotency-key'), body: JSON.parse(String(init.body)) })
    const answer = await answers.shift()
    if (answer instanceof Error) throw answer
    return answer ?? json({ order: cancelled, inquiry: 'inq_1' })
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

async function opened(): Promise<Care> {
  const connection = { apiBase: 'https://api.example', shop: 'taipei', locale: 'zh-Hant', getToken: async () => 'h.e30.s' }
  const panel = {
    api: new OrdersApi(connection), redraw: () => undefined, t: ordersTranslator('zh-Hant'), list: { put: () => undefined },
    host: {
      ...connection, connection, focusOn: async () => undefined, problem: (error: unknown) => error,
      tell: (name: string, detail: object) => told.push([name, detail]),
    },
  }
  const care = new Care(panel as unknown as OrderPanel)
  await care.open('A1001')
  return care
}

describe('cancelling an overdue order', () => {
  it('takes two presses, and says what became of it', async () => {
    const care = await opened()
    await care.start({ what: 'cancel' })
    expect(sent).toEqual([])
    current = cancelled
    await care.send()
    expect(sent).toEqual([{ url: `${ORDERS}/A1001/cancel`, key: expect.stringMatching(/^\d+(-\d+){3}$/), body: {} }])
    expect([care.order?.standing, care.ask, care.did]).toEqual(['ended', undefined, 'cancel'])
    expect(told).toEqual([['order-changed', { order: 'A1001', did: 'cancel', inquiry: 'inq_1' }]])
  })

  it('whose answer was lost is repeated under the same key, after a reload too', async () => {
    answers = [new TypeError('connection reset'), new TypeError('connection reset')]
    const care = await opened()
    await care.start({ what: 'cancel' })
    await care.send()
    expect([care.trouble?.code, care.ask, care.phase]).toEqual(['unreachable', { what: 'cancel' }, 'ready'])
    await care.send()
    const again = await opened()
    await again.start({ what: 'cancel' })
    await again.send()
    expect(again.did).toBe('cancel')
    expect(sent).toHaveLength(3)
    expect(new Set(sent.map(({ key }) => key)).size).toBe(1)
  })

  it('takes a second press for none while the first is on its way', async () => {
    let answer: (response: Response) => void = () => undefined
    answers = [new Promise<Response>((resolve) => (answer = resolve))]
    const care = await opened()
    await care.start({ what: 'cancel' })
    const first = care.send()
    await care.send()
    answer(json({ order: cancelled }))
    await first
    expect(sent).toHaveLength(1)
  })

  it('that comes too late shows the order as it is now, and why', async () => {
    answers = [json({ code: 'already_shipped', detail: '訂單已經寄出' }, 409)]
    const care = await opened()
    await care.start({ what: 'cancel' })
    current = order({ standing: 'shipped', overdue: false, shipped_at: '2026-11-25T02:00:00Z' })
    await care.send()
    expect([care.ask, care.trouble?.detail, care.order?.standing]).toEqual([undefined, '訂單已經寄出', 'shipped'])
  })
})

describe('agreeing to a later date', () => {
  const delayed = (date: string): MyOrder => order({ proposed_delay: { date } })

  it('names the date that was shown, and agrees to no other one', async () => {
    current = delayed('2026-12-10')
    answers = [json({ code: 'nothing_proposed', detail: '這項提議已經回覆或不再有效。' }, 409)]
    const care = await opened()
    await care.start({ what: 'answer', delay: '2026-12-10', agrees: true })
    current = delayed('2026-12-20')
    await care.send()
    expect(sent[0]).toMatchObject({ url: `${ORDERS}/A1001/answer`, body: { delay: '2026-12-10', agrees: true } })
    expect([care.ask, care.did, care.trouble?.code]).toEqual([undefined, undefined, 'nothing_proposed'])
    expect(care.order?.proposed_delay?.date).toBe('2026-12-20')
  })

  it('is no longer asked where another date is proposed meanwhile', async () => {
    current = delayed('2026-12-10')
    const care = await opened()
    await care.start({ what: 'answer', delay: '2026-12-10', agrees: true })
    expect(care.isAsking({ what: 'answer', delay: '2026-12-20', agrees: true })).toBe(false)
  })
})

describe('asking for a refund', () => {
  it('with too few words is not sent, and says so until there are enough', async () => {
    const care = await opened()
    await care.start({ what: 'refund' })
    await care.send()
    expect(care.errors).toEqual({ reason: '請選擇' })
    care.type({ reason: 'other', detail: '太短' })
    expect(care.errors).toEqual({ detail: '請至少寫 10 個字，目前 2 個字' })
    care.type({ detail: '十個字就足夠清楚了啊' })
    expect(care.errors).toEqual({})
    expect(sent).toEqual([])
    await care.send()
    expect(sent[0]?.body).toEqual({ reason: 'other', detail: '十個字就足夠清楚了啊' })
    expect(told[0]?.[0]).toBe('refund-requested')
  })

  it('what was typed stands there again after a reload, and after an error; once sent it is gone', async () => {
    answers = [json({ code: 'invalid', detail: 'x', fields: [{ field: 'detail', code: 'x', detail: '請說清楚' }] }, 422)]
    const care = await opened()
    await care.start({ what: 'refund' })
    care.type({ reason: 'late', detail: '等了兩個星期' })
    await care.send()
    expect([care.errors, care.typed.detail]).toEqual([{ detail: '請說清楚' }, '等了兩個星期'])
    const again = await opened()
    expect([again.ask, again.begun.detail]).toEqual([{ what: 'refund' }, '等了兩個星期'])
    await again.send()
    expect((await opened()).ask).toBeUndefined()
  })

  it('another text is another request', async () => {
    answers = [new TypeError('connection reset')]
    const care = await opened()
    await care.start({ what: 'refund' })
    care.type({ reason: 'late' })
    await care.send()
    care.type({ detail: '不想再等了' })
    await care.send()
    expect(new Set(sent.map(({ key }) => key)).size).toBe(2)
  })
})

it('who is not signed in is told so, and nothing is asked for', async () => {
  const care = await opened()
  const { panel } = care as unknown as { panel: { api: OrdersApi } }
  panel.api = new OrdersApi({ apiBase: 'https://api.example', shop: 'taipei', locale: 'zh-Hant' })
  await care.open('A1001')
  expect([care.phase, care.trouble?.code, care.order]).toEqual(['failed', 'guest', undefined])
})
