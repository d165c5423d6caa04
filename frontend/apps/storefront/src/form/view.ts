import { html, nothing, type TemplateResult } from 'lit'
import { explain } from '../core/explain.ts'
import { failure, hindrance } from '../core/notices.ts'
import type { Source } from '../core/wire.ts'
import { categoryName, type CommonKey } from '../i18n/common/index.ts'
import type { InquiryForm } from '../inquiry-form.ts'
import { skeleton } from '../core/skeleton.ts'
import { choice, input, textarea } from './controls.ts'
import { sentView } from './sent.ts'

const TITLES: Record<Source, CommonKey> = {
  contact_form: 'formTitle', order: 'formTitleOrder', product: 'formTitleProduct',
}

export function formView(form: InquiryForm): TemplateResult {
  const { t, phase, settings } = form
  const why = form.trouble ? explain(form.trouble, t, form.locale) : ''
  if (phase === 'failed') {
    return failure(t, why, form.load)
  }
  if (phase === 'loading' || !settings) return skeleton(t)
  if (phase === 'sent' && form.sent) return sentView(form, form.sent)
  if (!settings.sources.includes(form.source)) return html`<p class="root notice">${t('sourceClosed')}</p>`
  const sending = phase === 'sending'
  // What the page has fixed: this order, or this product.
  const known = form.orderId ? `${t('order')} ${form.orderId}` : form.productTitle
  return html`
    <form class="root" novalidate aria-labelledby="title" aria-busy=${sending} @submit=${form.submit}>
      <h2 id="title">${t(TITLES[form.source])}</h2>
      ${known ? html`<p class="known">${known}</p>` : nothing}
      <fieldset class="fields" ?disabled=${sending}>${fields(form)}</fieldset>
      ${hindrance(t, form.trouble, why + t('kept'))}
      <button part="button" type="submit" ?disabled=${sending}>${t(sending ? 'sending' : 'send')}</button>
    </form>`
}

function fields(form: InquiryForm): TemplateResult {
  const { t, guest, settings, category } = form
  const categories = (settings?.categories ?? []).map(({ id }): [string, string] => [id, categoryName(t, id)])
  const within = category && t('replyWithin', { hours: category.reply_within_hours })
  return html`
    ${guest ? html`
      <div class="pair">
        ${input(form, 'name', { label: t('name'), autocomplete: 'name', required: true })}
        ${input(form, 'phone', { label: t('phone'), type: 'tel', autocomplete: 'tel' })}
      </div>
      ${input(form, 'email', {
        label: t('email'), type: 'email', autocomplete: 'email', required: true, hint: t('emailHint') })}` : nothing}
    <div class="pair">
      ${choice(form, 'category', { label: t('category'), required: true, ...(within && { hint: within }) }, categories)}
      ${form.asksOrder ? input(form, 'order', { label: t('order') }) : nothing}
    </div>
    ${input(form, 'subject', { label: t('subject') })}
    ${textarea(form, 'text', { label: t('text'), required: true, rows: 6, counted: true })}
    ${evidence(form)}
    <div class="trap" aria-hidden="true">
      <input id="website" name="website" aria-label="Website" tabindex="-1" autocomplete="off" @input=${(event: Event) => form.type('website', (event.target as HTMLInputElement).value)}></div>`
}

function evidence(form: InquiryForm): TemplateResult | typeof nothing {
  const { t } = form
  const asks = (name: string) => form.evidence.includes(name)
  if (!['error_text', 'browser', 'time', 'screenshot', 'photos'].some(asks)) return nothing
  return html`
    <fieldset class="evidence"><legend>${t('evidence')}</legend>
      ${asks('error_text') ? textarea(form, 'error_text', { label: t('error_text'), rows: 2 }) : nothing}
      ${asks('time') ? input(form, 'time', { label: t('time'), type: 'datetime-local' }) : nothing}
      ${asks('browser') ? input(form, 'browser', { label: t('browser') }) : nothing}
      ${asks('screenshot') || asks('photos') ? html`<p class="hint">${t('fileHint')}</p>` : nothing}
    </fieldset>`
}
