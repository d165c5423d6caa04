import { tokenOf } from '../core/api.ts'
import { Draft, ownerOf } from '../core/draft.ts'
import type { Problem } from '../core/problem.ts'
import { characters } from '../core/validate.ts'
import {
  commandOf, fieldOf, MAX_REASON, MIN_REASON, mistakesIn, nameOf, nothingTyped, ORDER_FIELDS, type Ask, type OrderField,
  type Typed,
} from './asking.ts'
import type { OrderPanel } from './panel.ts'
import type { MyOrder, MyOrderStep } from './wire.ts'

const POLL_MS = 30_000

/** One open order: read, kept fresh while it is seen, and whatever its customer asks for. */
export class Care {
  number = ''
  order: MyOrder | undefined
  steps: MyOrderStep[] = []
  phase: 'closed' | 'loading' | 'failed' | 'ready' | 'sending' = 'closed'
  trouble: Problem | undefined
  stale = false
  /** What the customer is about to do. */
  ask: Ask | undefined
  /** What was done last. */
  did: Ask['what'] | undefined
  typed: Typed = nothingTyped()
  /** What the controls begin with; from then on they hold the text themselves, undisturbed while composing. */
  begun: Typed = this.typed
  /** The sentence beside each wrong field, by our rules or by the server. */
  errors: Partial<Record<OrderField, string>> = {}

  /** Counts what was begun, so that an answer that comes too late is dropped. */
  private run = 0
  private owner = ''
  private timer: ReturnType<typeof setTimeout> | undefined
  /** Kept here as well: where storage is forbidden a draft lives as long as the page. */
  private readonly drafts = new Map<string, Draft<Typed>>()

  constructor(private readonly panel: OrderPanel) {}

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
    this.number = ''
    this.order = this.ask = this.did = this.trouble = undefined
    this.phase = 'closed'
    this.panel.redraw()
  }

  async open(number: string): Promise<void> {
    this.close()
    const { run } = this
    this.number = number
    this.phase = 'loading'
    try {
      const [{ order, steps }, token] = await Promise.all([this.panel.api.track(number), tokenOf(this.panel.host.connection)])
      if (run !== this.run) return
      this.owner = ownerOf(token)
      this.take(order, steps)
      this.stale = false
      this.phase = 'ready'
      this.resume(order)
      this.schedule()
    } catch (error) {
      if (run !== this.run) return
      this.trouble = this.panel.host.problem(error)
      this.phase = 'failed'
    }
    this.panel.redraw()
  }

  /** The form that was left with words in it stands open again. */
  private resume({ can }: MyOrder): void {
    const may = { refund: can.ask_refund || can.ask_cancel, return: can.return }
    const what = (['refund', 'return'] as const).find((one) => may[one] && this.draftOf({ what: one }).values)
    if (what) this.begin({ what })
  }

  readonly start = async (ask: Ask): Promise<void> => {
    if (this.phase !== 'ready') return
    this.begin(ask)
    this.panel.redraw()
    await this.panel.host.focusOn('.asking h3')
  }

  readonly goBack = async (): Promise<void> => {
    const { ask } = this
    this.ask = this.trouble = undefined
    this.panel.redraw()
    if (ask) await this.panel.host.focusOn(`[data-ask="${nameOf(ask)}"]`)
  }

  isAsking(ask: Ask): boolean {
    return this.ask !== undefined && nameOf(this.ask) === nameOf(ask)
  }

  private begin(ask: Ask): void {
    this.ask = ask
    this.typed = this.begun = { ...nothingTyped(), ...this.draftOf(ask).values }
    this.errors = {}
    this.did = this.trouble = undefined
  }

  readonly type = (some: Partial<Typed>): void => {
    if (!this.ask) return
    this.typed = { ...this.typed, ...some }
    this.draftOf(this.ask).save(this.typed)
    // Once something was marked, what is typed is checked at once.
    if (Object.keys(this.errors).length) this.errors = this.check()
    this.panel.redraw()
  }

  private check(): Partial<Record<OrderField, string>> {
    const { ask, typed, order, panel: { t } } = this
    if (!ask || !order) return {}
    const count = characters(ask.what === 'return' ? typed.why : typed.detail)
    return Object.fromEntries(Object.entries(mistakesIn(ask, typed, order))
      .map(([field, mistake]) => [field, t(mistake, { min: MIN_REASON, max: MAX_REASON, count })]))
  }

  readonly send = async (): Promise<void> => {
    const { ask, order, panel } = this
    if (this.phase !== 'ready' || !ask || !order) return
    this.errors = this.check()
    this.trouble = undefined
    panel.redraw()
    if (Object.keys(this.errors).length) return this.focusOnError()
    const run = ++this.run
    this.phase = 'sending'
    const draft = this.draftOf(ask)
    const command = commandOf(ask, this.typed)
    try {
      const changed = await panel.api.command(order.number, command, draft.keyFor(command.body))
      draft.clear()
      panel.host.tell(ask.what === 'refund' ? 'refund-requested' : 'order-changed', {
        order: order.number, did: ask.what, inquiry: changed.inquiry,
      })
      if (run !== this.run) return
      this.take(changed.order, this.steps)
      this.ask = undefined
      this.did = ask.what
    } catch (error) {
      if (run === this.run) this.refuse(ask, panel.host.problem(error))
    }
    if (run !== this.run) return
    this.phase = 'ready'
    panel.redraw()
    if (this.did) await panel.host.focusOn('.result')
    else await this.focusOnError()
    // Done, or refused because it had moved on: the way of it, as it stands now.
    if (!this.ask) await this.refresh()
  }

  private refuse(ask: Ask, trouble: Problem): void {
    this.trouble = trouble
    for (const { field, detail } of trouble.fields) {
      const own = fieldOf(ask, field)
      if (own) this.errors = { ...this.errors, [own]: detail }
    }
    // What was typed stays in its draft; whether it can still be asked for shows when the order is there anew.
    if (trouble.status === 409) this.ask = undefined
  }

  private focusOnError(): Promise<void> {
    const first = ORDER_FIELDS.find((field) => this.errors[field])
    return this.panel.host.focusOn(first && this.ask ? `#${first}` : '.trouble')
  }

  readonly refresh = async (): Promise<void> => {
    const { number, run } = this
    try {
      const { order, steps } = await this.panel.api.track(number)
      if (run !== this.run || this.phase !== 'ready') return
      this.take(order, steps)
      this.stale = false
    } catch (error) {
      if (run !== this.run) return
      this.panel.host.problem(error)
      this.stale = true
    }
    this.panel.redraw()
  }

  private take(order: MyOrder, steps: MyOrderStep[]): void {
    this.order = order
    this.steps = steps
    this.panel.list.put(order)
  }

  private draftOf(ask: Ask): Draft<Typed> {
    const { apiBase, shop } = this.panel.host
    const name = ['kefu:order', apiBase, shop, this.number, nameOf(ask), this.owner].join(':')
    const known = this.drafts.get(name) ?? new Draft<Typed>(name)
    this.drafts.set(name, known)
    return known
  }

  private readonly wake = (): void => {
    if (document.visibilityState === 'visible' && this.phase === 'ready') void this.refresh()
    this.schedule()
  }

  private schedule(): void {
    clearTimeout(this.timer)
    if (!this.number || document.visibilityState !== 'visible') return
    this.timer = setTimeout(async () => {
      const { host } = this.panel
      if (host.isConnected && host.checkVisibility() && navigator.onLine && this.phase === 'ready') await this.refresh()
      if (host.isConnected) this.schedule()
    }, POLL_MS)
  }
}
