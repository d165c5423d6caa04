import { html, nothing, type TemplateResult } from 'lit'
import { skeleton } from '../core/skeleton.ts'
import { moment } from '../core/time.ts'
import type { InquiryRow } from '../core/wire.ts'
import { categoryName, sourceName } from '../i18n/common/index.ts'
import type { HistoryTranslate } from '../i18n/history/index.ts'
import type { HistoryPanel } from './panel.ts'
import { conversationView } from './conversation-view.ts'

export function historyView(panel: HistoryPanel): TemplateResult {
  if (panel.host.inquiry) return html`<div class="root alone">${conversationView(panel)}</div>`
  const { t } = panel
  return html`
    <div class="root ${panel.conversation.id ? 'reading' : ''}">
      <div class="top"><h2>${t('history')}</h2>${tabs(panel)}</div>
      <div class="panes">
        <div class="list">${list(panel)}</div>
        <div class="pane">${panel.conversation.id ? conversationView(panel)
          : html`<p class="empty prompt">${panel.list.rows.length ? t('choosePrompt') : nothing}</p>`}</div>
      </div>
    </div>`
}

function tabs(panel: HistoryPanel): TemplateResult | typeof nothing {
  if (!panel.hasTabs) return nothing
  return html`<nav aria-label=${panel.t('tabs')}>${panel.tabs.map((tab) => html`
    <button part="tab" class="tab" aria-current=${tab === panel.tab ? 'true' : nothing}
      @click=${() => panel.chooseTab(tab)}>${sourceName(panel.t, tab)}</button>`)}</nav>`
}

function list(panel: HistoryPanel): TemplateResult {
  const { t, list: { rows, phase, trouble } } = panel
  if (phase === 'loading') {
    return skeleton(t)
  }
  if (phase === 'failed' && trouble) {
    const guest = trouble.code === 'guest'
    return html`<div class="notice" role="alert">${guest ? nothing : html`<strong>${t('listFailed')}</strong>`}
      <p>${panel.explain(trouble)}</p>
      ${guest ? nothing : html`<button part="button" class="quiet" @click=${panel.list.load}>${t('retry')}</button>`}</div>`
  }
  if (!rows.length && !panel.list.hasMore) return html`<div class="empty"><p>${t('emptyList')}</p><p class="hint">${t('emptyHint')}</p></div>`
  return html`
    <ul>${rows.map((row) => html`<li>${entry(panel, row)}</li>`)}</ul>
    ${trouble ? html`<p class="notice trouble" role="alert">${panel.explain(trouble)}</p>` : nothing}
    ${panel.list.hasMore ? html`<button part="button" class="quiet more" ?disabled=${panel.list.fetchingMore}
      @click=${panel.list.more}>${t(panel.list.fetchingMore ? 'loading' : 'more')}</button>` : nothing}`
}

function entry(panel: HistoryPanel, row: InquiryRow): TemplateResult {
  const { t, locale } = panel
  return html`<button class="entry" data-id=${row.id} aria-current=${row.id === panel.conversation.id ? 'true' : nothing}
      @click=${() => panel.open(row.id)}>
    <span class="first"><span class="subject">${titleOf(row, t)}</span>${badge(row, t)}</span>
    <span class="hint">${aboutOf(row, t)} · <time datetime=${row.last_message_at}>${
      moment(row.last_message_at, locale)}</time></span>
  </button>`
}

export const titleOf = (row: InquiryRow, t: HistoryTranslate): string => row.subject || categoryName(t, row.category)

export function aboutOf(row: InquiryRow, t: HistoryTranslate): string {
  if (row.order) return `${t('order')} ${row.order}`
  return row.product_title ?? row.reference
}

/** Colour, shape and word together. */
export function badge(row: InquiryRow, t: HistoryTranslate): TemplateResult {
  const closed = row.ended && row.ended.reason !== 'answered'
  return html`<span class="badge ${row.status}" part="status">${t(closed ? 'ended' : row.status)}</span>`
}
