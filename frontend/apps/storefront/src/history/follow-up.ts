import { html, nothing, type TemplateResult } from 'lit'
import { day } from '../core/time.ts'
import { characters } from '../core/validate.ts'
import type { Inquiry } from '../core/wire.ts'
import type { HistoryKey } from '../i18n/history/index.ts'
import type { HistoryPanel } from './panel.ts'
import { lock, tick } from '../styles/icons.ts'

const MAX = 10_000

/** The customer's next message, what becomes of it, and the word that all is settled. */
export function followUp(panel: HistoryPanel, inquiry: Inquiry): TemplateResult {
  const { t, conversation } = panel
  const { phase, text, trouble } = conversation
  const sending = phase === 'sending'
  const count = characters(text)
  const over = count > MAX
  const send = async (event: SubmitEvent) => {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    if (count && !over && (await conversation.write())) form.reset()
  }
  return html`
    <form class="follow-up" novalidate @submit=${send} aria-busy=${sending}>
      ${standing(panel, inquiry)}
      <label for="follow-up">${t('followUp')}</label>
      <textarea id="follow-up" part="field" rows="3" ?readonly=${sending} aria-describedby="follow-up-about"
        aria-invalid=${over} .value=${conversation.begun}
        @input=${(event: Event) => conversation.type((event.target as HTMLTextAreaElement).value)}></textarea>
      <p class="about" id="follow-up-about">${over ? html`<span class="error">${t('tooLong', { max: MAX, count })}</span>`
        : html`<span class="hint">${t('followUpHint')}</span>`}</p>
      ${trouble ? html`<p class="notice trouble" role="alert">${panel.explain(trouble)}${
        text ? t('kept') : nothing}</p>` : nothing}
      ${navigator.onLine || trouble ? nothing : html`<p class="notice" role="status">${t('offline')}</p>`}
      <div class="actions">
        <button part="button" type="submit" ?disabled=${sending || !count || over}>${
          t(sending ? 'sending' : inquiry.locked && !inquiry.merged_into ? 'sendNew' : 'reply')}</button>
        ${inquiry.ended || inquiry.locked ? nothing : html`
          <button part="button" class="quiet" type="button" ?disabled=${sending} @click=${conversation.settle}>${
            tick} ${t('settle')}</button>`}
      </div>
    </form>`
}

function standing(panel: HistoryPanel, inquiry: Inquiry): TemplateResult | typeof nothing {
  const { t, locale } = panel
  const { ended, locked, locks_at, merged_into } = inquiry
  if (merged_into) {
    return html`<p class="notice standing">${tick}<span>${t('merged')} <button class="link" type="button"
      @click=${() => panel.open(merged_into)}>${t('mergedOpen')}</button></span></p>`
  }
  if (locked) return html`<p class="notice standing">${lock}<span>${t('locked')}</span></p>`
  if (!ended) return nothing
  const until = locks_at ? t('endedUntil', { date: day(locks_at, locale) }) : ''
  return html`<p class="notice standing">${tick}<span>${t(ENDED[ended.reason] ?? 'endedOther')} ${until}</span></p>`
}

const ENDED: Record<string, HistoryKey> = {
  answered: 'endedAnswered', customer: 'endedCustomer', timeout: 'endedTimeout',
}
