import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { linkIn } from '../guest/link.ts'
import { GuestState, type Step } from '../guest/state.ts'
import { keepVisit, keptVisit } from '../guest/visit.ts'

interface Sent {
  url: string
  method: string
  key: string | null
  body: unknown
}
type Answer = Response | Error | Promise<Response>

const REOPENED = { id: 'inq_1', reference: 'K7QX-3M2P' }
const REOPEN = 'https://api.example/v1/shops/taipei/inquiries/reopen'

const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status })
const refused = (status: number, code: string): Response => json({ code, detail: code }, status)

let sent: Sent[]
/** What the API says to the next presses, in their order. */
let answers: Answer[]
let config: () => Response

beforeEach(() => {
  const stored = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => stored.set(name, value),
  })
  sent = []
  answers = []
  config = () => json({ api_base: 'https://api.example' })
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}): Promise<Response> => {
    const key = new Headers(init.headers).get('idempotency-key')
    sent.push({ url, method: init.method ?? 'GET', key, body: init.body ? JSON.parse(String(init.body)) : undefined })
    if (url === '/config.json') return config()
    if (url.endsWith('/form')) return json({ shop: { id: 'taipei', name: '台北選物', locale: 'zh-Hant' } })
    const answer = await answers.shift()
    if (answer instanceof Error) throw answer
    return answer ?? json(REOPENED)
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const presses = (): Sent[] => sent.filter(({ method }) => method === 'POST')

/** The page as a mail's link opens it; without a link, as a reload finds it. */
async function opened(fragment?: string): Promise<{ state: GuestState; steps: Step[] }> {
  const link = fragment === undefined ? undefined : linkIn(fragment)
  if (link) keepVisit({ shop: link.shop, link })
  const steps: Step[] = []
  const state: GuestState = new GuestState(keptVisit(), () => 'zh-Hant', () => steps.push(state.step))
  await state.start()
  return { state, steps }
}

const mailed = (): ReturnType<typeof opened> => opened('#reopen=a.b.c&shop=taipei')

describe('the link of the mail about a closing', () => {
  it('changes nothing by being opened', async () => {
    const { state, steps } = await mailed()
    expect(steps).toEqual(['loading', 'ask'])
    expect(state.shopName).toBe('台北選物')
    expect(presses()).toEqual([])
  })

  it('re-opens on the button, and says which', async () => {
    const { state, steps } = await mailed()
    await state.confirm()
    expect(steps.slice(2)).toEqual(['confirming', 'reopened'])
    expect(presses()).toEqual([{ url: REOPEN, method: 'POST', key: expect.stringMatching(/^\d+(-\d+){3}$/), body: { token: 'a.b.c' } }])
    expect(state.visit?.reopened).toBe('K7QX-3M2P')
  })

  it('takes a second press for none while the first is on its way', async () => {
    let answer: (response: Response) => void = () => undefined
    answers = [new Promise<Response>((resolve) => (answer = resolve))]
    const { state, steps } = await mailed()
    const first = state.confirm()
    await state.confirm()
    answer(json(REOPENED))
    await first
    await state.confirm()
    expect(presses()).toHaveLength(1)
    expect(steps.at(-1)).toBe('reopened')
  })

  it('tells it again after a reload, without another press', async () => {
    await (await mailed()).state.confirm()
    const { state, steps } = await opened()
    expect(steps).toEqual(['loading', 'reopened'])
    expect(state.visit?.reopened).toBe('K7QX-3M2P')
    expect(presses()).toHaveLength(1)
  })

  it('asks again, under a key of its own, when the mail is opened again', async () => {
    await (await mailed()).state.confirm()
    const { state, steps } = await mailed()
    expect(steps.at(-1)).toBe('ask')
    await state.confirm()
    expect(new Set(presses().map(({ key }) => key)).size).toBe(2)
  })
})

describe('what goes wrong', () => {
  it('a press whose answer was lost is repeated under the same key', async () => {
    answers = [new TypeError('connection reset'), refused(503, 'unavailable')]
    const { state, steps } = await mailed()
    await state.confirm()
    expect(state.step).toBe('trouble')
    await state.retry()
    expect(state.step).toBe('trouble')
    await state.retry()
    expect(steps.slice(2)).toEqual(['confirming', 'trouble', 'confirming', 'trouble', 'confirming', 'reopened'])
    const keys = presses().map(({ key }) => key)
    expect(keys).toHaveLength(3)
    expect(new Set(keys).size).toBe(1)
  })

  it('so it is after a reload in between', async () => {
    answers = [new TypeError('connection reset')]
    await (await mailed()).state.confirm()
    const { state, steps } = await opened()
    expect(steps).toEqual(['loading', 'ask'])
    await state.confirm()
    expect(state.step).toBe('reopened')
    expect(new Set(presses().map(({ key }) => key)).size).toBe(1)
  })

  it('a page that could not load is loaded again, and presses nothing', async () => {
    config = () => json({}, 502)
    const { state } = await mailed()
    expect(state.step).toBe('trouble')
    config = () => json({ api_base: 'https://api.example' })
    await state.retry()
    expect(state.step).toBe('ask')
    expect(presses()).toEqual([])
  })

  it('too many presses are told as such', async () => {
    answers = [refused(429, 'too_many_requests')]
    const { state } = await mailed()
    await state.confirm()
    expect([state.step, state.tooMany]).toEqual(['trouble', true])
  })

  it.each([
    [401, 'unauthorized', 'expired', false],
    [404, 'not_found', 'expired', false],
    [409, 'inquiry_locked', 'locked', false],
    [409, 'inquiry_merged', 'locked', true],
    [409, 'conflict', 'trouble', false],
    [500, 'failure', 'trouble', false],
  ])('%i %s is shown as %s', async (status, code, step, merged) => {
    answers = [refused(status, code)]
    const { state } = await mailed()
    await state.confirm()
    expect([state.step, state.merged]).toEqual([step, merged])
    expect(state.visit?.link?.kind, 'a reload asks again').toBe('reopen')
  })
})

it('a confirmation link still confirms', async () => {
  const session = { token: 's', expires_at: '2999-01-01T00:00:00Z' }
  answers = [json({ released: [REOPENED], session })]
  const { state } = await opened('#confirm=a.b.c&shop=taipei')
  await state.confirm()
  expect(state.step).toBe('reading')
  expect(presses().map(({ url }) => url)).toEqual(['https://api.example/v1/shops/taipei/inquiries/confirm'])
})
