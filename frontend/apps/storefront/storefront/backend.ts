import type { GetToken } from '../src/core/api.ts'
import type { Member } from './demo.ts'

const EARLY_MS = 60_000

/**
 * Plays the shop's own backend, which would sign the member's token with the shop's key. Like one, it hands out
 * a token until shortly before that expires, then a new one.
 */
export function tokenFor(shop: string, { id, name, email, order }: Member): GetToken {
  let token: string | undefined
  let until = 0
  return async () => {
    if (token && Date.now() < until) return token
    const response = await fetch('/local/member-token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ shop, id, name, email, orders: [order.number] }),
    })
    if (!response.ok) throw new Error(`member-token: ${response.status}`)
    const signed = ((await response.json()) as { token: string }).token
    token = signed
    until = expiryOf(signed) - EARLY_MS
    return signed
  }
}

/** Milliseconds since the epoch; 0 where the token does not say. */
export function expiryOf(token: string): number {
  try {
    const payload = (token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/')
    return Number((JSON.parse(atob(payload)) as { exp?: number }).exp ?? 0) * 1000
  } catch {
    return 0
  }
}
