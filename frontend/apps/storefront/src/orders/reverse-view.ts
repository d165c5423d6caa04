import { html, nothing, type TemplateResult } from 'lit'
import type { Ask } from './asking.ts'
import { badge } from './badge.ts'
import { methodName, trackingLine } from './order-view.ts'
import type { OrderPanel } from './panel.ts'
import { question, starter } from './question.ts'
import { canTakeBackReturn, refundSteps, returnSteps, type Step } from './standing.ts'
import type { MyOrder, MyRefund, MyReturn } from './wire.ts'

/** Every refund and return of the order, newest first, and how far each is. */
export function reverse(panel: OrderPanel, order: MyOrder): TemplateResult {
  const refunds = order.refunds.filter(({ state }) => state !== 'proposed').toReversed()
  return html`${refunds.map((refund) => refundCard(panel, order, refund))}${
    order.returns.toReversed().map((one) => returnCard(panel, order, one))}`
}

function refundCard(panel: OrderPanel, order: MyOrder, refund: MyRefund): TemplateResult {
  const { t, care } = panel
  const { state, number, reason, detail, rejection, amount } = refund
  const name = t('refund', { amount: panel.money(amount, order) })
  return html`
    <section class="card" aria-label=${name}>
      <div class="first"><h3>${name}</h3>${badge(panel, state)}</div>
      <p class="hint">${t(reason)}${detail ? html` · ${detail}` : nothing}</p>
      ${way(panel, order, refundSteps(refund, care.steps))}
      ${state === 'delayed' ? html`<p>${t('delayedText')}</p>` : nothing}
      ${['on_its_way', 'paid'].includes(state) ? arrivalLine(panel, order, refund) : nothing}
      ${rejection ? html`<p>${t('rejectedWhy', { text: rejection })}<br>${t('letGo')}</p>` : nothing}
      ${state === 'requested' ? takeBack(panel, { what: 'withdraw', refund: number }) : nothing}
    </section>`
}

function returnCard(panel: OrderPanel, order: MyOrder, one: MyReturn): TemplateResult {
  const { t, care } = panel
  const { state, kind, number, items, reason, rejection, pick_up, replacement } = one
  const titles = new Map(order.items.map(({ product, title }) => [product, title]))
  const name = t(kind)
  return html`
    <section class="card" aria-label=${name}>
      <div class="first"><h3>${name}</h3>${badge(panel, state)}</div>
      <p>${items.map(({ product, quantity }) => `${titles.get(product) ?? product} ×${quantity}`).join(' · ')}</p>
      ${reason ? html`<p class="hint">${reason}</p>` : nothing}
      ${way(panel, order, returnSteps(one, care.steps))}
      ${pick_up ? html`<p>${t('pickUp', { text: pick_up })}</p>` : nothing}
      ${canTakeBackReturn(one) ? html`<p class="hint">${t('pickUpFree')}</p>` : nothing}
      ${replacement ? trackingLine(panel, replacement) : nothing}
      ${rejection ? html`<p>${t('rejectedWhy', { text: rejection })}</p>` : nothing}
      ${canTakeBackReturn(one) ? takeBack(panel, { what: 'withdraw', return: number }) : nothing}
    </section>`
}

function takeBack(panel: OrderPanel, ask: Ask): TemplateResult {
  const { t, care } = panel
  if (!care.isAsking(ask)) return html`<div class="choices">${starter(panel, ask, t('takeBack'))}</div>`
  return question(panel, { title: t('takeBack'), yes: t('takeBack') })
}

function way(panel: OrderPanel, order: MyOrder, steps: Step[]): TemplateResult | typeof nothing {
  if (!steps.length) return nothing
  const { t } = panel
  const next = steps.findIndex(({ reached }) => !reached)
  return html`<ol class="way">${steps.map(({ name, reached, at }, place) => html`
    <li class=${reached ? 'reached' : ''} aria-current=${place === next ? 'step' : nothing}>${t(name)}${reached ? html`<span class="unseen">${t('done')}</span>` : nothing}
      ${reached && at ? html`<time class="hint" datetime=${at}>${panel.day(at, order)}</time>` : nothing}</li>`)}</ol>`
}

/** When the money is there, as the shop says for this way of paying. */
export function arrivalLine(panel: OrderPanel, order: MyOrder, { arrival }: MyRefund): TemplateResult | typeof nothing {
  if (!arrival) return nothing
  const { t } = panel
  const { from, to, unit } = arrival
  const n = from === to ? `${to}` : `${from}–${to}`
  return html`<p>${t('arrival', { method: methodName(panel, order), time: t(unit, { n }) })}</p>`
}
