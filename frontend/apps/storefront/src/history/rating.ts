import { html, nothing, type TemplateResult } from 'lit'
import type { Inquiry, Rating } from '../core/wire.ts'
import type { HistoryPanel } from './panel.ts'
import { face } from '../styles/icons.ts'

const STEPS: readonly Rating[] = ['very_satisfied', 'satisfied', 'neutral', 'dissatisfied', 'very_dissatisfied']
const MAX_COMMENT = 1000

/** Five steps, once, after it ended; then thanks. */
export function rating(panel: HistoryPanel, inquiry: Inquiry): TemplateResult | typeof nothing {
  const { t, conversation } = panel
  if (inquiry.rating) {
    return html`<p class="notice thanks" role="status">${face(inquiry.rating)}<span>${
      t('thanks', { rating: t(inquiry.rating) })}</span></p>`
  }
  if (!inquiry.can_rate) return nothing
  const { opinion, think } = conversation
  const send = (event: Event) => {
    event.preventDefault()
    void conversation.rate()
  }
  return html`
    <form class="rating" part="rating" novalidate @submit=${send}>
      <fieldset aria-describedby="rating-missing"><legend>${t('rate')}</legend>
        <div class="steps">${STEPS.map((step) => html`
          <label class="step"><input type="radio" name="rating" value=${step} .checked=${step === opinion.rating}
            @change=${() => think({ rating: step })}>${face(step)}<span>${t(step)}</span></label>`)}</div>
        <p id="rating-missing" class="error" role="alert">${opinion.missing ? t('chooseRating') : nothing}</p>
      </fieldset>
      ${opinion.rating ? html`
        <label for="comment">${t('comment')} <span class="hint">${t('optional')}</span></label>
        <textarea id="comment" part="field" rows="2" maxlength=${MAX_COMMENT}
          @input=${(event: Event) => think({ comment: (event.target as HTMLTextAreaElement).value })}></textarea>` : nothing}
      <button part="button" class="quiet" ?disabled=${conversation.phase === 'sending'}>${t('sendRating')}</button>
    </form>`
}
