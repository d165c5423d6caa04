import { request, type Connection } from '../src/core/api.ts'
import { freshKey } from '../src/core/draft.ts'
import { Problem } from '../src/core/problem.ts'
import { readConfig } from '../src/core/page.ts'
import type { Locale } from '../src/core/locale.ts'
import type { Confirmed, FormSettings, Session } from '../src/core/wire.ts'
import type { Link } from './link.ts'
import { isOver, keepVisit, type Visit } from './visit.ts'

export type Step = 'loading' | 'ask' | 'confirming' | 'reopened' | 'locked' | 'reading' | 'expired' | 'over' | 'no_link' | 'trouble'

/** The guest's way through: a link from a mail, confirmed or exchanged, becomes a session; the session reads. */
export class GuestState {
  step: Step = 'loading'
  shopName = ''
  apiBase = ''
  tooMany = false
  /** It went into another of the customer's inquiries, and goes on there. */
  merged = false
  private pressed = false
  private nowOffset = 0

  constructor(
    public visit: Visit | undefined,
    private readonly locale: () => Locale,
    private readonly changed: () => void,
  ) {}

  readonly start = async (): Promise<void> => {
    this.go('loading')
    if (!this.visit) return this.go('no_link')
    const { link, session } = this.visit
    try {
      const config = await readConfig()
      this.apiBase = config.api_base
      this.nowOffset = (config.clock_offset_seconds ?? 0) * 1000
      if (link?.kind === 'inquiry') await this.exchange(link)
      else if (session && isOver(session, this.now)) return this.go('over')
      await this.nameShop()
      this.go(this.visit.link ? 'ask' : this.visit.reopened ? 'reopened' : 'reading')
    } catch (error) {
      this.fail(error)
    }
  }

  /** The one thing here that changes anything, and only on the button. */
  readonly confirm = async (): Promise<void> => {
    const { visit } = this
    if (!visit?.link || this.step === 'confirming') return
    this.pressed = true
    this.go('confirming')
    try {
      if (visit.link.kind === 'reopen') return await this.reopen(visit.link)
      const { released, session } = await this.ask<Confirmed>('inquiries/confirm', visit.link)
      this.keep({ shop: visit.shop, session, released, inquiry: released[0]?.id })
      this.go('reading')
    } catch (error) {
      this.fail(error)
    }
  }

  /** What failed, once more: the press under the same key, so that one whose answer was lost counts once. */
  readonly retry = (): Promise<void> => (this.pressed ? this.confirm() : this.start())

  readonly choose = (inquiry: string): void => {
    if (this.visit) this.keep({ ...this.visit, inquiry })
    this.changed()
  }

  /** For the elements: the session, as long as it lasts. */
  readonly token = async (): Promise<string | null> => {
    const session = this.visit?.session
    if (!session || !isOver(session, this.now)) return session?.token ?? null
    this.go('over')
    return null
  }

  /** The server has the last word on how long a session lives. */
  readonly hear = (event: Event): void => {
    if ((event as CustomEvent<{ status: number }>).detail.status === 401) this.go('over')
  }

  /** Again after it was re-opened, or after somebody answered: the inquiry is open, and that is all. */
  private async reopen(link: Link): Promise<void> {
    const key = this.visit?.key ?? freshKey()
    this.keep({ shop: link.shop, link, key })
    const { reference } = await this.ask<{ reference: string }>('inquiries/reopen', link, key)
    this.keep({ shop: link.shop, reopened: reference })
    this.go('reopened')
  }

  private async exchange(link: Link): Promise<void> {
    const { session, inquiry } = await this.ask<{ session: Session; inquiry: string }>('guest-sessions', link)
    this.keep({ shop: link.shop, session, inquiry })
  }

  private async nameShop(): Promise<void> {
    const { shop } = await request<FormSettings>(this.connection, 'form')
    this.shopName = shop.name
  }

  private ask<T>(path: string, { token }: Link, key?: string): Promise<T> {
    return request<T>(this.connection, path, { body: { token }, key })
  }

  private get connection(): Connection {
    return { apiBase: this.apiBase, shop: this.visit?.shop ?? '', locale: this.locale() }
  }

  private get now(): number {
    return Date.now() + this.nowOffset
  }

  private keep(visit: Visit): void {
    this.visit = visit
    keepVisit(visit)
  }

  private fail(error: unknown): void {
    const { status, code } = error instanceof Problem ? error : { status: 0, code: '' }
    this.tooMany = status === 429
    this.merged = code === 'inquiry_merged'
    if (this.merged || code === 'inquiry_locked') return this.go('locked')
    this.go(status === 401 || status === 404 ? 'expired' : 'trouble')
  }

  private go(step: Step): void {
    this.step = step
    this.changed()
  }
}
