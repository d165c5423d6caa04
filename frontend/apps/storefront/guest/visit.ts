import type { Confirmed, Session } from '../src/core/wire.ts'
import type { Link } from './link.ts'

/** Where this tab stands; kept for a reload, because the link is taken out of the address bar. */
export interface Visit {
  shop: string
  /** The link that was opened and has not been used up. */
  link?: Link | undefined
  session?: Session | undefined
  released?: Confirmed['released'] | undefined
  /** The conversation that is shown. */
  inquiry?: string | undefined
  /** The Idempotency-Key of the press whose answer is not known yet. */
  key?: string | undefined
  /** The short number of the inquiry that was re-opened here. */
  reopened?: string | undefined
}

const KEY = 'kefu:guest'

export function keepVisit(visit: Visit): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(visit))
  } catch {
    // Without storage a reload asks for the mail's link again.
  }
}

export function keptVisit(): Visit | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

export const isOver = ({ expires_at }: Session, now: number): boolean => Date.parse(expires_at) <= now
