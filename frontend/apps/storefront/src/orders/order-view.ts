import { html, nothing, type TemplateResult } from 'lit'
import { hindrance } from '../core/notices.ts'
import type { OrdersKey } from '../i18n/orders/index.ts'
import { actions } from './actions-view.ts'
import { badge } from './badge.ts'
import type { Ask } from './asking.ts'
import type { OrderPanel } from './panel.ts'
import { proposals } from './proposal-view.ts'
import { reverse } from './reverse-view.ts'
import { badgeOf } from './standing.ts'
import type { MyOrder, Tracking } from './wire.ts'

const DONE: Record<Ask['what'], OrdersKey> = {
  cancel: 'cancelDone', refund: 'refundDone', return: 'refundDone', answer: 'answerDone', withdraw: 'answerDone',
}

export function orderView(panel: OrderPanel, order: MyOrder): TemplateResult {
  const { t, care } = panel
  return html`
    <section class="order" aria-labelledby="order-title">
      <header>
        <div class="first"><h2 id="order-title" tabindex="-1">${
          t('order')} ${order.number}</h2>${badge(panel, badgeOf(order))}</div>
        ${standing(panel, order)}
        <div aria-live="polite">${care.did
          ? html`<p class="notice result" tabindex="-1">${t(DONE[care.did])}</p>` : nothing}</div>
      </header>
      ${care.trouble && !care.ask ? hindrance(t, care.trouble, panel.explain(care.trouble)) : nothing}
      ${care.stale ? html`<p class="hint" role="status">${t('stale')}</p>` : nothing}
      ${proposals(panel, order)}
      ${reverse(panel, order)}
      ${actions(panel, order)}
      ${bill(panel, order)}
      ${contact(panel, order)}
    </section>`
}

/** By when it leaves, or when it left; what became of it else. */
function standing(panel: OrderPanel, order: MyOrder): TemplateResult | typeof nothing {
  const { t } = panel
  const on = (at: string) => ({ date: panel.day(at, order) })
  const { ship_by, latest_delivery, shipped_at, delivered_at, cancelled_at, tracking: sent } = order
  switch (badgeOf(order)) {
    case 'to_ship':
      return html`<p class="standing">${t('shipBy', on(ship_by))}</p>
        <p class="hint">${t('arriveBy', on(latest_delivery))}</p>`
    case 'overdue':
      return html`<p class="standing late">${t('overdueSince', on(ship_by))}</p>`
    case 'shipped':
    case 'delivered':
      return html`<p class="standing">${delivered_at ? t('deliveredOn', on(delivered_at)) : shipped_at ? t('shippedOn', on(shipped_at)) : nothing}</p>
        <p class="hint">${delivered_at ? nothing : t('arriveBy', on(latest_delivery))}</p>
        ${sent ? trackingLine(panel, sent) : nothing}`
    default:
      return cancelled_at ? html`<p class="standing">${t('cancelledOn', on(cancelled_at))}</p>` : nothing
  }
}

export const trackingLine = ({ t }: OrderPanel, { carrier, number }: Tracking): TemplateResult =>
  html`<p>${t('tracking')} <strong>${carrier} ${number}</strong></p>`

function bill(panel: OrderPanel, order: MyOrder): TemplateResult {
  const { t } = panel
  const { items, shipping, total, paid, refunded, created_at } = order
  const line = (name: string, value: string, kind = '') => html`<div class=${kind}><dt>${name}</dt><dd>${value}</dd></div>`
  return html`
    <section class="bill"><h3>${t('itemList')}</h3>
      <dl>
        ${items.map(({ title, quantity, unit_price }) => line(`${title} ×${quantity}`, panel.money(unit_price * quantity, order)))}
        ${line(t('shippingFee'), panel.money(shipping, order), 'rule')}
        ${line(t('total'), panel.money(total, order), 'sum')}
        ${line(`${t('paidSum')} · ${methodName(panel, order)}`, panel.money(paid, order))}
        ${refunded ? line(t('refundedSum'), panel.money(refunded, order)) : nothing}
        ${line(t('placed'), panel.day(created_at, order))}
      </dl>
    </section>`
}

export function methodName({ t }: OrderPanel, { payment_method }: MyOrder): string {
  return t(payment_method === 'other' ? 'otherPayment' : payment_method)
}

function contact({ t }: OrderPanel, { contact: { phone, email } }: MyOrder): TemplateResult | typeof nothing {
  if (!phone && !email) return nothing
  return html`<section class="contact"><h3>${t('contact')}</h3><p>
    ${phone ? html`<a href="tel:${phone.replace(/[^+\d]/g, '')}">${phone}</a>` : nothing}
    ${email ? html`<a href="mailto:${email}">${email}</a>` : nothing}</p></section>`
}
