import { Problem, problemOf } from './problem.ts'

export type GetToken = () => Promise<string | null | undefined>

export interface Connection {
  /** Without a slash at the end; empty for the page's own origin. */
  apiBase: string
  shop: string
  locale: string
  /** Absent for a guest who only submits or confirms. */
  getToken?: GetToken | undefined
}

export interface Request {
  body?: unknown
  /** The Idempotency-Key of a submission. */
  key?: string | undefined
  token?: string | undefined
}

const PATIENCE_MS = 20_000

/** The signed-in customer's token, or nothing for a guest. */
export async function tokenOf({ getToken }: Connection): Promise<string | undefined> {
  try {
    return (await getToken?.()) || undefined
  } catch {
    throw new Problem('sign_in_failed')
  }
}

/** One request to the shop's part of the API (a GET without a body); `Problem` for everything that goes wrong. */
export async function request<T>(
  { apiBase, shop, locale }: Connection,
  path: string,
  { body, key, token }: Request = {},
): Promise<T> {
  const headers: Record<string, string> = { 'accept-language': locale }
  if (key) headers['idempotency-key'] = key
  if (token) headers['authorization'] = `Bearer ${token}`
  const init: RequestInit = { headers, credentials: 'omit', signal: AbortSignal.timeout(PATIENCE_MS) }
  if (body) {
    headers['content-type'] = 'application/json'
    init.method = 'POST'
    init.body = JSON.stringify(body)
  }
  try {
    const response = await fetch(`${apiBase}/v1/shops/${encodeURIComponent(shop)}/${path}`, init)
    if (response.ok) return (await response.json()) as T
    throw await problemOf(response)
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem(navigator.onLine ? 'unreachable' : 'offline')
  }
}
