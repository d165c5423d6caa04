import { html, nothing, type TemplateResult } from 'lit'
import type { Submitted } from '../core/wire.ts'
import { sourceName } from '../i18n/common/index.ts'
import type { InquiryForm } from '../inquiry-form.ts'

/** Received: the reference, and where the answer will be found. */
export function sentView(form: InquiryForm, sent: Submitted): TemplateResult {
  const { t } = form
  const waits = sent.confirmation !== 'not_needed'
  return html`
    <div class="root sent" part="status" tabindex="-1" role="status">
      <h2>${t('sent')}</h2>
      <p class="reference"><span class="hint">${t('reference')}</span> <strong>${sent.reference}</strong></p>
      <p>${where(form, sent)}</p>
      ${waits ? html`<p class="hint">${t('noMail')}</p>` : nothing}
      <button part="button" class="quiet" @click=${form.again}>${t('another')}</button>
    </div>`
}

function where(form: InquiryForm, { confirmation }: Submitted): string {
  const { t } = form
  if (confirmation === 'not_needed') return t('sentMember', { tab: sourceName(t, form.source) })
  return t(confirmation === 'mail_sent' ? 'sentMail' : 'sentEarlier', { email: form.answers.email.trim() })
}
