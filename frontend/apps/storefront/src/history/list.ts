import type { Problem } from '../core/problem.ts'
import type { InquiryRow } from '../core/wire.ts'
import type { HistoryPanel } from './panel.ts'

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
      const page = await this.panel.api.list(this.panel.tab, cursor)
      if (run !== this.run) return
      this.rows = [...this.rows, ...page.inquiries]
      this.next = page.next
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
