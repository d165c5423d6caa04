import type { Problem } from '../core/problem.ts'
import type { InquiryRow } from '../core/wire.ts'
import type { HistoryPanel } from './panel.ts'

/** After so many pages in a row without a row, the customer asks for more. */
const MOST_EMPTY_PAGES = 5

/** The customer's inquiries under one tab, page by page. */
export class InquiryList {
  rows: InquiryRow[] = []
  phase: 'loading' | 'failed' | 'ready' = 'loading'
  trouble: Problem | undefined
  fetchingMore = false

  private next: string | undefined
  private run = 0

  constructor(private readonly panel: HistoryPanel) {}

  get hasMore(): boolean {
    return this.next !== undefined
  }

  readonly load = async (): Promise<void> => {
    const run = ++this.run
    this.phase = 'loading'
    this.rows = []
    this.next = undefined
    this.panel.redraw()
    await this.fetch(run)
  }

  readonly more = async (): Promise<void> => {
    if (this.fetchingMore) return
    this.fetchingMore = true
    this.panel.redraw()
    await this.fetch(this.run, this.next)
  }

  /** What happened in the conversation beside it: the row follows, or a new one comes on top. */
  put(row: InquiryRow): void {
    const { tab } = this.panel
    if (tab && row.source !== tab) return
    const at = this.rows.findIndex(({ id }) => id === row.id)
    this.rows = at < 0 ? [row, ...this.rows] : this.rows.with(at, row)
    this.panel.redraw()
  }

  private async fetch(run: number, cursor?: string): Promise<void> {
    try {
      // A page that the server filtered may hold nothing and still have a next one.
      for (let pages = 0, from = cursor; pages < MOST_EMPTY_PAGES; pages++, from = this.next) {
        const page = await this.panel.api.list(this.panel.tab, from)
        if (run !== this.run) return
        this.rows = [...this.rows, ...page.inquiries]
        this.next = page.next
        if (page.inquiries.length || !page.next) break
      }
      this.trouble = undefined
      this.phase = 'ready'
    } catch (error) {
      if (run !== this.run) return
      this.trouble = this.panel.host.problem(error)
      if (!cursor) this.phase = 'failed'
    } finally {
      this.fetchingMore = false
      this.panel.redraw()
    }
  }
}
