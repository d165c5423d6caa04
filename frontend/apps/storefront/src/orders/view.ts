import { html, nothing, type TemplateResult } from 'lit'
import type { Problem } from '../core/problem.ts'
import { failure } from '../core/notices.ts'
import { skeleton } from '../core/skeleton.ts'
import { badge } from './badge.ts'
import { orderView } from './order-view.ts'
import type { OrderPanel } from './panel.ts'
import { badgeOfRow } from './standing.ts'
import type { MyOrderRow } from './wire.ts'

export function ordersView(panel: OrderPanel): TemplateResult {
  const { care, host, t } = panel
  if (host.orderId || care.number) return html`<div class="root">${careView(panel)}</div>`
  return html`<div class="root"><h2>${t('orders')}</h2>${listView(panel)}</div>`
}

function careView(panel: OrderPanel): TemplateResult {
  const { t, care: { order, trouble, number }, host } = panel
  const back = host.orderId ? nothing
    : html`<button class="quiet back" @click=${panel.close}><span aria-hidden="true">‹</span> ${t('back')}</button>`
  if (order) return html`${back}${orderView(panel, order)}`
  if (!trouble) return html`${back}${skeleton(t)}`
  return html`${back}${failed(panel, trouble, () => panel.open(number))}`
}

function failed(panel: OrderPanel, trouble: Problem, retry: () => void): TemplateResult {
  return failure(panel.t, panel.explain(trouble), trouble.code === 'guest' ? undefined : retry)
}

function listView(panel: OrderPanel): TemplateResult {
  const { t, list: { orders, phase, trouble, load } } = panel
  if (phase === 'loading') return skeleton(t)
  if (phase === 'failed' && trouble) return failed(panel, trouble, load)
  if (!orders.length) return html`<p class="empty">${t('emptyList')}</p>`
  return html`<ul class="orders">${orders.map((order) => html`<li>${entry(panel, order)}</li>`)}</ul>`
}

function entry(panel: OrderPanel, order: MyOrderRow): TemplateResult {
  const { t } = panel
  return html`<button class="quiet entry" data-order=${order.number} @click=${() => panel.open(order.number)}>
    <span class="first"><strong>${t('order')} ${order.number}</strong>${badge(panel, badgeOfRow(order))}</span>
    <span class="excerpt">${order.items}</span>
    <span class="hint">${panel.day(order.created_at)} · ${panel.money(order.total, order)}</span>
  </button>`
}

