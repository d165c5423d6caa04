import { tokenOf } from '../core/api.ts'
import { Draft, ownerOf } from '../core/draft.ts'
import { joined } from '../core/messages.ts'
import type { Problem } from '../core/problem.ts'
import type { Inquiry, Rating } from '../core/wire.ts'
import type { HistoryApi } from './api.ts'
import type { HistoryPanel } from './panel.ts'

const POLL_MS = 15_000

const noOpinion = () => ({ rating: undefined as Rating | undefined, comment: '', missing: false })

/** One open inquiry: read, kept fresh while it is seen, written to, settled, rated. */
export class Conversation {
  id = ''
  inquiry: Inquiry | undefined
  phase: 'closed' | 'loading' | 'failed' | 'ready' | 'sending' = 'closed'
  trouble: Problem | undefined
  stale = false
  text = ''
  /** What the text began with; from then on its control holds it, undisturbed while composing. */
  begun = ''
  /** The reference of the inquiry that a message to a locked one opened. */
  openedNew = ''

  showsOrder = false
  opinion = noOpinion()

  /** Counts what was begun, so that an answer that comes too late is dropped. */
  private run = 0
  private owner = ''
  private timer: ReturnType<typeof setTimeout> | undefined
  private draft: Draft<string> | undefined

  constructor(private readonly panel: HistoryPanel) {}

  watch(): void {
    document.addEventListener('visibilitychange', this.wake)
    this.schedule()
  }

  unwatch(): void {
    document.removeEventListener('visibilitychange', this.wake)
    clearTimeout(this.timer)
  }

  close(): void {
    this.run++
    clearTimeout(this.timer)
    this.id = ''
    this.inquiry = undefined
    this.phase = 'closed'
    this.openedNew = ''
    this.showsOrder = false
    this.panel.redraw()
  }

  async open(id: string): Promise<void> {
    this.close()
    const run = this.run
    this.id = id
    this.phase = 'loading'
    this.trouble = undefined
    this.stale = false
    try {
      const [inquiry, token] = await Promise.all([this.panel.api.show(id), tokenOf(this.panel.host.connection)])
      if (run !== this.run) return
      this.owner = ownerOf(token)
      this.enter(inquiry)
    } catch (error) {
      if (run !== this.run) return
      this.trouble = this.panel.host.problem(error)
      this.phase = 'failed'
    }
    this.panel.redraw()
  }

  private enter(inquiry: Inquiry): void {
    this.id = inquiry.id
    this.inquiry = inquiry
    const { apiBase, shop } = this.panel.host
    this.draft = new Draft(['kefu:message', apiBase, shop, inquiry.id, this.owner].join(':'))
    this.text = this.begun = this.draft.values ?? ''
    this.opinion = noOpinion()
    this.phase = 'ready'
    this.schedule()
  }

  readonly type = (text: string): void => {
    this.text = text
    this.draft?.save(text)
    this.panel.redraw()
  }

  readonly older = (): Promise<boolean> => this.act(async (known, api) => {
    const page = await api.show(known.id, known.messages[0]?.seq)
    return { ...known, messages: joined(page.messages, known.messages), older: page.older }
  })

  /** Resolves to whether it was sent. */
  readonly write = (): Promise<boolean> => this.act(async (known, api) => {
    const text = this.text.trim()
    const { inquiry, opened_new } = await api.write(known.id, text, this.draft?.keyFor({ text }) ?? '')
    this.draft?.clear()
    this.text = ''
    this.panel.host.tell('inquiry-replied', { inquiry: inquiry.id, opened_new })
    // It went on elsewhere: in a new one after a locked one, or in the one that this was merged into.
    if (inquiry.id !== known.id) this.enter(inquiry)
    if (opened_new) this.openedNew = inquiry.reference
    return inquiry
  })

  readonly settle = (): Promise<boolean> => this.act((known, api) => api.settle(known.id))

  readonly think = (opinion: Partial<Conversation['opinion']>): void => {
    this.opinion = { ...this.opinion, missing: false, ...opinion }
    this.panel.redraw()
  }

  readonly rate = (): Promise<boolean> => this.act(async (known, api) => {
    const { rating, comment } = this.opinion
    if (!rating) return this.think({ missing: true })
    const inquiry = await api.rate(known.id, rating, comment.trim())
    this.panel.host.tell('inquiry-rated', { inquiry: known.id, rating })
    return inquiry
  })

  readonly refresh = async (): Promise<void> => {
    const { id, run } = this
    try {
      const fresh = await this.panel.api.show(id)
      if (run !== this.run || this.phase !== 'ready') return
      this.take(this.joinedWith(fresh))
      this.stale = false
    } catch (error) {
      if (run !== this.run) return
      this.panel.host.problem(error)
      this.stale = true
    }
    this.panel.redraw()
  }

  /** One thing at a time; what is shown stays as it was until the server has answered. */
  private async act(
    step: (known: Inquiry, api: HistoryApi) => Promise<Inquiry | void>,
  ): Promise<boolean> {
    if (this.phase !== 'ready' || !this.inquiry) return false
    const run = ++this.run
    this.phase = 'sending'
    this.trouble = undefined
    this.panel.redraw()
    try {
      const changed = await step(this.inquiry, this.panel.api)
      if (changed && run === this.run) this.take(this.joinedWith(changed))
    } catch (error) {
      if (run === this.run) this.trouble = this.panel.host.problem(error)
    }
    if (run === this.run) this.phase = 'ready'
    this.panel.redraw()
    // Refused because it had moved on (settled elsewhere, rated before): show how it stands now.
    if (this.trouble?.status === 409) await this.refresh()
    return !this.trouble
  }

  private take(inquiry: Inquiry): void {
    this.inquiry = inquiry
    this.panel.list.put(inquiry)
  }

  private joinedWith(fresh: Inquiry): Inquiry {
    const known = this.inquiry?.id === fresh.id ? this.inquiry : undefined
    if (!known) return fresh
    const reachesBack = (known.messages[0]?.seq ?? 0) <= (fresh.messages[0]?.seq ?? 0)
    return { ...fresh, messages: joined(known.messages, fresh.messages), older: reachesBack ? known.older : fresh.older }
  }

  private readonly wake = (): void => {
    if (document.visibilityState === 'visible' && this.phase === 'ready') void this.refresh()
    this.schedule()
  }

  private schedule(): void {
    clearTimeout(this.timer)
    if (!this.id || document.visibilityState !== 'visible') return
    this.timer = setTimeout(async () => {
      const seen = this.panel.host.isConnected && this.panel.host.checkVisibility() && navigator.onLine
      if (seen && this.phase === 'ready') await this.refresh()
      if (this.panel.host.isConnected) this.schedule()
    }, POLL_MS)
  }
}
