import { html, nothing, type TemplateResult } from 'lit'
import type { Common } from '../i18n/common/index.ts'
import type { Problem } from './problem.ts'

/** Instead of what could not be loaded: why, and the button to try again where that can help. */
export const failure = (t: Common, why: string, retry?: () => unknown): TemplateResult => html`
  <div class="root notice" role="alert"><p>${why}</p>${retry
    ? html`<button part="button" class="quiet" @click=${retry}>${t('retry')}</button>` : nothing}</div>`

/** Above a form's button: why it was not sent, or that it cannot be now. */
export const hindrance = (t: Common, trouble: Problem | undefined, why: string): TemplateResult | typeof nothing =>
  trouble ? html`<p class="notice trouble" role="alert" tabindex="-1" part="status">${why}</p>`
    : navigator.onLine ? nothing : html`<p class="notice" role="status">${t('offline')}</p>`
