import type { PropertyDeclarations } from 'lit'
import { LazyElement } from './core/lazy.ts'
import type { Source } from './core/wire.ts'

/** `<inquiry-history>`: the customer's inquiries by source, and the conversation in each. */
export class InquiryHistory extends LazyElement {
  static override properties: PropertyDeclarations = { source: {}, inquiry: {} }

  /** One source only, or `all`; left out, there is a tab for each. */
  source: Source | 'all' | '' = ''
  /** This one inquiry, without the list around it. */
  inquiry = ''

  protected override fetchPanel = async () => (await import('./history/panel.ts')).HistoryPanel
}
