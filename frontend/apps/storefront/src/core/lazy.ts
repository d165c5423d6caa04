import { adoptStyles, type CSSResult, type ReactiveController, type TemplateResult } from 'lit'
import { baseStyles } from '../styles/index.ts'
import { CustomerElement } from './element.ts'
import { failure } from './notices.ts'
import { skeleton } from './skeleton.ts'

/** All that such an element shows and does; comes in a file of its own. */
export interface Panel extends ReactiveController {
  restart(): void
  view(): TemplateResult
}

interface PanelClass<Host> {
  readonly styles: CSSResult[]
  new (host: Host): Panel
}

/** An element whose part is fetched once it is on a page, so that a page with only a form does not carry it. */
export abstract class LazyElement extends CustomerElement {
  static override styles = baseStyles

  private broken = false
  private panel: Panel | undefined

  protected abstract fetchPanel(): Promise<PanelClass<this>>

  protected override restart(): void {
    if (this.panel) this.panel.restart()
    else void this.furnish()
  }

  private readonly furnish = async (): Promise<void> => {
    this.broken = false
    this.requestUpdate()
    try {
      const Panel = await this.fetchPanel()
      if (this.panel) return
      adoptStyles(this.renderRoot as ShadowRoot, [...baseStyles, ...Panel.styles])
      this.panel = new Panel(this)
      this.addController(this.panel)
      this.panel.restart()
    } catch {
      this.broken = true
      this.requestUpdate()
    }
  }

  override render(): TemplateResult {
    if (this.panel) return this.panel.view()
    return this.broken ? failure(this.t, this.t('unreachable'), this.furnish) : skeleton(this.t)
  }
}
