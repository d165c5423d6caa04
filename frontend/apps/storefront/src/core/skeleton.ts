import { html, type TemplateResult } from 'lit'
import type { Common } from '../i18n/common/index.ts'

/** Holds the place while the server is asked, so that nothing jumps. */
export const skeleton = (t: Common): TemplateResult => html`
  <div class="root skeleton" role="status"><span class="unseen">${t('loading')}</span>
    <i class="bone"></i><i class="bone"></i><i class="bone tall"></i></div>`
