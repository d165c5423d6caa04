import { html, nothing, type TemplateResult } from 'lit'
import type { Ask } from './asking.ts'
import type { OrderPanel } from './panel.ts'
import { question, starter } from './question.ts'
import { arrivalLine } from './reverse-view.ts'
import type { MyOrder, MyRefund } from './wire.ts'

/** What the shop offers, and the customer's yes or no: on top, because nothing goes on without it. */
export function proposals(panel: OrderPanel, order: MyOrder): TemplateResult {
  const offered = order.refunds.filter(({ state }) => state === 'proposed')
  const { proposed_delay, standing } = order
  return html`${offered.map((refund) => offeredRefund(panel, order, refund))}${
    proposed_delay && standing === 'to_ship' ? offeredDelay(panel, order, proposed_delay.date) : nothing}`
}

function offeredRefund(panel: OrderPanel, order: MyOrder, refund: MyRefund): TemplateResult {
  const { t } = panel
  const amount = panel.money(refund.amount, order)
  return offer(panel, { refund: refund.number }, {
    title: t('offeredRefund', { amount }),
    text: html`<p>${t(refund.reason)}${refund.detail ? html` · ${refund.detail}` : nothing}</p>${arrivalLine(panel, order, refund)}`,
    agreed: t('agreeRefundText'), yes: `${t('agree')} · ${t('refund', { amount })}`,
  })
}

function offeredDelay(panel: OrderPanel, order: MyOrder, day: string): TemplateResult {
  const { t } = panel
  const date = panel.day(day, order)
  return offer(panel, { delay: day }, {
    title: t('offeredDelay', { date }), text: nothing, agreed: t('agreeDelayText', { date }), yes: t('agree'),
  })
}

interface Offer {
  title: string
  text: TemplateResult | typeof nothing
  /** What follows from a yes. */
  agreed: string
  yes: string
}

/** Either answer is asked for once more, under the same title. */
function offer(panel: OrderPanel, about: { refund: number } | { delay: string }, { title, text, agreed, yes }: Offer): TemplateResult {
  const { t, care } = panel
  const agreeing: Ask = { what: 'answer', ...about, agrees: true }
  const declining: Ask = { what: 'answer', ...about, agrees: false }
  return html`<section class="offer">${care.isAsking(agreeing) ? question(panel, { title, text: agreed, yes })
    : care.isAsking(declining) ? question(panel, { title, text: t('declineText'), yes: t('disagree') })
      : html`<h3>${title}</h3>${text}
        <div class="choices">${starter(panel, agreeing, t('agree'), false)}${starter(panel, declining, t('disagree'))}</div>`}</section>`
}
