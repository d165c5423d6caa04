import { html, nothing, type TemplateResult } from 'lit'
import { MIN_REASON, needsWhy, type Ask, type OrderField } from './asking.ts'
import type { OrderPanel } from './panel.ts'
import { question, starter } from './question.ts'
import { leftOf, returnable } from './standing.ts'
import type { MyOrder, RefundReason, ReturnKind } from './wire.ts'

const REASONS: readonly RefundReason[] = ['late', 'changed_mind', 'out_of_stock', 'other']

const CANCEL: Ask = { what: 'cancel' }
const REFUND: Ask = { what: 'refund' }
const RETURN: Ask = { what: 'return' }

/** What the customer can begin, as the order stands. */
export function actions(panel: OrderPanel, order: MyOrder): TemplateResult | typeof nothing {
  const { t, care } = panel
  const { can } = order
  const left = leftOf(order)
  const amount = panel.money(left, order)
  const why = left ? t('cancelWhy', { amount }) : ''
  const asks = can.ask_refund || can.ask_cancel
  const returns = can.return && returnable(order).length > 0
  if (can.cancel_and_refund && care.isAsking(CANCEL)) {
    return question(panel, {
      title: t('cancelTitle', { number: order.number }),
      text: html`${why} ${t('noWayBack')}`, yes: left ? `${t('cancelUnpaid')} · ${t('refund', { amount })}` : t('cancelUnpaid'),
    })
  }
  if (asks && care.isAsking(REFUND)) return refundForm(panel, order, left)
  if (returns && care.isAsking(RETURN)) return returnForm(panel, order)
  if (!asks && !can.cancel_and_refund && !returns) return nothing
  // One way out is enough: who can cancel at once need not ask for it.
  return html`
    <section class="actions"><h3>${t('youCan')}</h3>
      ${can.cancel_and_refund && left ? html`<p>${why}</p>` : nothing}
      <div class="choices">
        ${can.cancel_and_refund ? starter(panel, CANCEL, t(left ? 'cancel' : 'cancelUnpaid'), false)
          : asks ? starter(panel, REFUND, t(can.ask_refund ? 'askRefund' : 'askCancel')) : nothing}
        ${returns ? starter(panel, RETURN, t('askReturn')) : nothing}
      </div>
    </section>`
}

function refundForm(panel: OrderPanel, order: MyOrder, left: number): TemplateResult {
  const { t, care } = panel
  const { typed } = care
  const amount = panel.money(left, order)
  const title = t(order.can.ask_refund ? 'askRefund' : 'askCancel')
  return question(panel, { title, text: left ? t('askText', { amount }) : '', yes: t('sendRequest') }, html`
    ${row(panel, 'reason', t('reason'), true, '', html`
      <select id="reason" part="field" required aria-invalid=${Boolean(care.errors.reason)} aria-describedby="reason-about"
        @change=${(event: Event) => care.type({ reason: (event.target as HTMLSelectElement).value as RefundReason })}>
        <option value="" disabled ?selected=${!typed.reason}>${t('choose')}</option>
        ${REASONS.map((reason) => html`<option value=${reason} ?selected=${reason === typed.reason}>${t(reason)}</option>`)}
      </select>`)}
    ${words(panel, 'detail', t('detail'), typed.reason === 'other')}`)
}

function returnForm(panel: OrderPanel, order: MyOrder): TemplateResult {
  const { t, care } = panel
  const { typed } = care
  const free = !needsWhy(typed, order)
  return question(panel, { title: t('askReturn'), text: t('pickUpFree'), yes: t('sendRequest') }, html`
    <fieldset><legend>${t('kind')}</legend><div class="kinds">${(['return', 'exchange'] as const).map((kind: ReturnKind) => html`
      <label class="kind"><input type="radio" name="kind" value=${kind} .checked=${kind === typed.kind}
        @change=${() => care.type({ kind })}>${t(kind)}</label>`)}</div></fieldset>
    <fieldset id="items" tabindex="-1" aria-describedby="items-about"><legend>${t('items')}</legend>
      ${returnable(order).map(({ product, title, quantity }) => html`
        <label class="item"><span>${title}</span><select part="field" aria-invalid=${Boolean(care.errors.items)}
          @change=${(event: Event) => care.type({ quantities: { ...care.typed.quantities, [product]: Number((event.target as HTMLSelectElement).value) } })}>
          ${Array.from({ length: quantity + 1 }, (_, n) => html`<option value=${n} ?selected=${n === (typed.quantities[product] ?? 0)}>${n || t('none')}</option>`)}
        </select></label>`)}
      <p class="error" id="items-about">${care.errors.items}</p></fieldset>
    ${words(panel, 'why', t('reason'), !free, t('whyFree'))}`)
}

/** What is said in the customer's own words; `free` stands below where they need not say any. */
function words(panel: OrderPanel, field: 'detail' | 'why', label: string, required: boolean, free = ''): TemplateResult {
  const { t, care } = panel
  return row(panel, field, label, required, required ? t('detailHint', { min: MIN_REASON }) : free, html`
    <textarea id=${field} part="field" rows="3" ?required=${required} aria-invalid=${Boolean(care.errors[field])}
      aria-describedby="${field}-about" .value=${care.begun[field]}
      @input=${(event: Event) => care.type({ [field]: (event.target as HTMLTextAreaElement).value })}></textarea>`)
}

function row(panel: OrderPanel, field: OrderField, label: string, required: boolean, hint: string, control: TemplateResult): TemplateResult {
  const { t, care } = panel
  const error = care.errors[field]
  return html`<div class="row"><label for=${field}>${label} ${required ? html`<span class="star" aria-hidden="true">*</span>`
    : html`<span class="hint">${t('optional')}</span>`}</label>
    ${control}<p id="${field}-about" class=${error ? 'error' : 'hint'}>${error ?? hint}</p></div>`
}
