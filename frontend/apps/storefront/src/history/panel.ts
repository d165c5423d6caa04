import type { CSSResult, TemplateResult } from 'lit'
import { explain } from '../core/explain.ts'
import type { Panel } from '../core/lazy.ts'
import type { Locale } from '../core/locale.ts'
import type { Problem } from '../core/problem.ts'
import type { Source } from '../core/wire.ts'
import { historyTranslator, type HistoryTranslate } from '../i18n/history/index.ts'
import type { InquiryHistory } from '../inquiry-history.ts'
import { panelStyles } from '../styles/history.ts'
import { HistoryApi } from './api.ts'
import { Conversation } from './conversation.ts'
import { InquiryList } from './list.ts'
import { historyView } from './view.ts'

const SOURCES: readonly Source[] = ['contact_form', 'order', 'product']

/** All that `<inquiry-history>` shows and does; its own chunk, so that a page with only a form does not carry it. */
export class HistoryPanel implements Panel {
  static readonly styles: CSSResult[] = panelStyles

  readonly list = new InquiryList(this)
  readonly conversation = new Conversation(this)

  readonly tabs = SOURCES
  private chosenTab: Source = 'contact_form'
  private seen = { id: '', last: 0, first: 0, height: 0 }

  constructor(readonly host: InquiryHistory) {}

  get hasTabs(): boolean {
    return !this.host.source
  }

  get tab(): Source | undefined {
    if (this.hasTabs) return this.chosenTab
    return SOURCES.find((source) => source === this.host.source)
  }

  get locale(): Locale {
    return this.host.locale
  }

  get t(): HistoryTranslate {
    return historyTranslator(this.locale)
  }

  get api(): HistoryApi {
    return new HistoryApi(this.host.connection)
  }

  readonly redraw = (): void => {
    this.host.requestUpdate()
  }

  explain(problem: Problem): string {
    if (problem.code === 'guest') return this.t('signInFirst')
    if (problem.status === 404) return this.t('notFound')
    return explain(problem, this.t, this.locale)
  }

  restart(): void {
    if (this.host.inquiry) return void this.conversation.open(this.host.inquiry)
    this.conversation.close()
    void this.list.load()
  }

  readonly chooseTab = (tab: Source): void => {
    this.chosenTab = tab
    this.restart()
  }

  readonly open = async (id: string): Promise<void> => {
    await this.conversation.open(id)
    await this.host.focusOn('.conversation h3')
  }

  readonly close = async (): Promise<void> => {
    const { id } = this.conversation
    this.conversation.close()
    await this.host.focusOn(`[data-id="${CSS.escape(id)}"]`)
  }

  view(): TemplateResult {
    return historyView(this)
  }

  hostConnected(): void {
    this.conversation.watch()
  }

  hostDisconnected(): void {
    this.conversation.unwatch()
  }

  /** Newest message in sight when it opens or something arrives; the reader's place kept when earlier ones load. */
  hostUpdated(): void {
    const log = this.host.renderRoot.querySelector('.log')
    const messages = this.conversation.inquiry?.messages
    if (!log || !messages) return
    const now = {
      id: this.conversation.id, last: messages.at(-1)?.seq ?? 0, first: messages[0]?.seq ?? 0, height: log.scrollHeight,
    }
    const before = this.seen
    if (now.id !== before.id || now.last > before.last) log.scrollTop = log.scrollHeight
    else if (now.first < before.first) log.scrollTop += now.height - before.height
    this.seen = now
  }
}
