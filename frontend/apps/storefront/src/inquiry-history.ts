import { adoptStyles, html, type PropertyDeclarations, type TemplateResult } from 'lit'
import { CustomerElement } from './core/element.ts'
import { skeleton } from './core/skeleton.ts'
import type { Source } from './core/wire.ts'
import type { HistoryPanel } from './history/panel.ts'
import { baseStyles } from './styles/index.ts'

/** `<inquiry-history>`: the customer's inquiries by source, and the conversation in each. */
export class InquiryHistory extends CustomerElement {
  static override styles = baseStyles
  static override properties: PropertyDeclarations = { source: {}, inquiry: {} }

  /** One source only, or `all`; left out, there is a tab for each. */
  source: Source | 'all' | '' = ''
  /** This one inquiry, without the list around it. */
  inquiry = ''

  private broken = false

  private panel: HistoryPanel | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.panel?.conversation.watch()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.panel?.conversation.unwatch()
  }

  protected override restart(): void {
    if (this.panel) this.panel.restart()
    else void this.furnish()
  }

  private readonly furnish = async (): Promise<void> => {
    this.broken = false
    this.requestUpdate()
    try {
      const { HistoryPanel } = await import('./history/panel.ts')
      if (this.panel) return
      adoptStyles(this.renderRoot as ShadowRoot, [...baseStyles, ...HistoryPanel.styles])
      this.panel = new HistoryPanel(this)
      if (this.isConnected) this.panel.conversation.watch()
      this.panel.restart()
    } catch {
      this.broken = true
      this.requestUpdate()
    }
  }

  protected override updated(): void {
    this.panel?.settleScroll(this.renderRoot.querySelector('.log'))
  }

  override render(): TemplateResult {
    if (this.panel) return this.panel.view()
    if (!this.broken) return skeleton(this.t)
    return html`<div class="root notice" role="alert"><p>${this.t('unreachable')}</p>
      <button part="button" class="quiet" @click=${this.furnish}>${this.t('retry')}</button></div>`
  }
}
