import type { GetToken } from '../src/core/api.ts'
import type { Member } from './demo.ts'

/** Such tokens live for an hour at most; a page asks for a fresh one long before. */
const FRESH_MS = 10 * 60_000

/** Plays the shop's own backend, which would sign the member's token with the shop's key. */
export function tokenFor(shop: string, { id, name, email, orders }: Member): GetToken {
  let token: string | undefined
  let until = 0
  return async () => {
    if (token && Date.now() < until) return token
    const response = await fetch('/local/member-token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ shop, id, name, email, orders: [orders[shop]].filter(Boolean) }),
    })
    if (!response.ok) throw new Error(`member-token: ${response.status}`)
    token = ((await response.json()) as { token: string }).token
    until = Date.now() + FRESH_MS
    return token
  }
}
