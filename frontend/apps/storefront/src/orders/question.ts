import { html, nothing, type TemplateResult } from 'lit'
import { hindrance } from '../core/notices.ts'
import { nameOf, type Ask } from './asking.ts'
import type { OrderPanel } from './panel.ts'

/** The button that begins something; whoever goes back finds the focus on it again. */
export function starter({ care }: OrderPanel, ask: Ask, text: string, quiet = true): TemplateResult {
  return html`<button part="button" class=${quiet ? 'quiet' : ''} data-ask=${nameOf(ask)} ?disabled=${care.phase !== 'ready'}
    @click=${() => care.start(ask)}>${text}</button>`
}

export interface Words {
  title: string
  text?: string | TemplateResult
  yes: string
}

/** A form, or a question that only a second press answers. */
export function question(panel: OrderPanel, { title, text, yes }: Words, fields: TemplateResult | typeof nothing = nothing): TemplateResult {
  const { t, care } = panel
  const sending = care.phase === 'sending'
  const send = (event: Event) => {
    event.preventDefault()
    void care.send()
  }
  return html`
    <form class="asking" novalidate aria-labelledby="asking" aria-busy=${sending} @submit=${send}>
      <h3 id="asking" tabindex="-1">${title}</h3>
      ${text ? html`<p>${text}</p>` : nothing}
      <fieldset class="fields" ?disabled=${sending}>${fields}</fieldset>
      ${hindrance(t, care.trouble, care.trouble ? panel.explain(care.trouble) + (fields === nothing ? '' : t('kept')) : '')}
      <div class="choices">
        <button part="button" type="submit" ?disabled=${sending}>${sending ? t('sending') : yes}</button>
        <button part="button" class="quiet" type="button" ?disabled=${sending} @click=${care.goBack}>${t('goBack')}</button>
      </div>
    </form>`
}
