import { html, nothing, type TemplateResult } from 'lit'
import { linkify } from '../core/linkify.ts'
import { skeleton } from '../core/skeleton.ts'
import { moment } from '../core/time.ts'
import type { Inquiry, Message } from '../core/wire.ts'
import type { HistoryPanel } from './panel.ts'
import { back, refresh } from '../styles/icons.ts'
import { followUp } from './follow-up.ts'
import { rating } from './rating.ts'
import { aboutOf, badge, titleOf } from './view.ts'

export function conversationView(panel: HistoryPanel): TemplateResult {
  const { t, conversation: { inquiry, trouble, id } } = panel
  if (inquiry) return opened(panel, inquiry)
  if (trouble) {
    return html`${backButton(panel)}<div class="notice" role="alert"><p>${panel.explain(trouble)}</p>
      <button part="button" class="quiet" @click=${() => panel.open(id)}>${t('retry')}</button></div>`
  }
  return html`${backButton(panel)}${skeleton(t)}`
}

const backButton = (panel: HistoryPanel): TemplateResult | typeof nothing => panel.host.inquiry ? nothing
  : html`<button class="quiet back" @click=${panel.close}>${back} ${panel.t('back')}</button>`

function opened(panel: HistoryPanel, inquiry: Inquiry): TemplateResult {
  const { t, conversation } = panel
  return html`
    <section class="conversation" part="conversation" aria-labelledby="subject">
      ${backButton(panel)}
      <header>
        <div class="first"><h3 id="subject" tabindex="-1" aria-level=${panel.host.inquiry ? 2 : 3}>${titleOf(inquiry, t)}</h3>${badge(inquiry, t)}</div>
        <p class="hint">${aboutOf(inquiry, t)}${inquiry.reference === aboutOf(inquiry, t) ? nothing
          : html` · ${t('reference')} ${inquiry.reference}`}
          ${inquiry.follows && !panel.host.inquiry ? html` · <button class="link" @click=${() => panel.open(inquiry.follows ?? '')}>${
            t('follows')}</button>` : nothing}</p>
      </header>
      ${inquiry.order ? aboutOrder(panel, inquiry.order) : nothing}
      ${conversation.openedNew ? html`<p class="notice" role="status">${
        t('openedNew', { reference: conversation.openedNew })}</p>` : nothing}
      ${log(panel, inquiry)}
      ${conversation.stale ? html`<p class="hint" role="status">${t('stale')}
        <button class="link" @click=${conversation.refresh}>${refresh} ${t('refresh')}</button></p>` : nothing}
      ${rating(panel, inquiry)}
      ${followUp(panel, inquiry)}
    </section>`
}

/** The order that it is about, and what can be done about it; fetched only when somebody looks. */
function aboutOrder({ t, host, conversation, redraw }: HistoryPanel, order: string): TemplateResult {
  const toggle = (event: Event) => {
    conversation.showsOrder = (event.target as HTMLDetailsElement).open
    redraw()
  }
  return html`<details class="about-order" @toggle=${toggle} .open=${conversation.showsOrder}><summary>${t('aboutOrder', { order })}</summary>
    ${conversation.showsOrder ? html`<order-care shop=${host.shop} api-base=${host.apiBase} lang=${host.locale} order-id=${order}
      .getToken=${host.getToken}></order-care>` : nothing}</details>`
}

function log(panel: HistoryPanel, { messages, older }: Inquiry): TemplateResult {
  const { t, conversation } = panel
  return html`
    <div class="log" role="log" tabindex="0" aria-label=${t('messages')}>
      ${older ? html`<button class="quiet more" ?disabled=${conversation.phase === 'sending'}
        @click=${conversation.older}>${t('older')}</button>` : nothing}
      ${messages.map((message) => bubble(panel, message))}
    </div>`
}

function bubble(panel: HistoryPanel, message: Message): TemplateResult {
  return html`
    <article class="message ${message.from}" part="message">
      <p class="by"><strong>${author(panel, message)}</strong>
        <time class="hint" datetime=${message.at}>${moment(message.at, panel.locale)}</time></p>
      <p class="text">${linkify(message.text).map(({ text, href }) => href
        ? html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow">${text}<span class="unseen">${
          panel.t('newWindow')}</span></a>` : text)}</p>
    </article>`
}

function author({ t }: HistoryPanel, { from, name }: Message): string {
  if (from === 'customer') return t('you')
  if (from === 'agent') return name ? `${t('agent')} ${name}` : t('agent')
  return from === 'bot' ? t('bot') : name
}
