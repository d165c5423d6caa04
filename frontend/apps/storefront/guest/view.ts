import { html, nothing, type TemplateResult } from 'lit'
import { LOCALES, type Locale } from '../src/core/locale.ts'
import { LANGUAGE_NAMES } from '../src/core/page.ts'
import type { GuestMessages } from './messages.ts'
import type { GuestState } from './state.ts'

type Choose = (locale: Locale) => void

export function guestView(state: GuestState, t: GuestMessages, locale: Locale, choose: Choose): TemplateResult {
  return html`
    <header class="bar">
      <p class="shop">${state.shopName || t.title}</p>
      <label><span class="unseen">${t.language}</span>
        <select @change=${(event: Event) => choose((event.target as HTMLSelectElement).value as Locale)}>
          ${LOCALES.map((tag) => html`<option value=${tag} lang=${tag} ?selected=${tag === locale}>${LANGUAGE_NAMES[tag]}</option>`)}
        </select></label>
    </header>
    <main>${step(state, t, locale)}</main>
    <footer>${t.footer}</footer>`
}

function step(state: GuestState, t: GuestMessages, locale: Locale): TemplateResult {
  switch (state.step) {
    case 'loading':
      return html`<section class="card" role="status"><h1>${asks(state) ? t.loading : t.opening}</h1><i class="bone"></i><i class="bone"></i></section>`
    case 'ask':
    case 'confirming':
      return ask(state, t)
    case 'reopened':
      return html`<section class="done" role="status"><h1 tabindex="-1">${t.reopened}</h1><p>${t.reopenedText.replace('{reference}', state.visit?.reopened ?? '')}</p></section>`
    case 'locked':
      return state.merged ? notice(t.locked, t.mergedText) : html`${notice(t.locked, t.lockedText)}${anew(state, locale)}`
    case 'reading':
      return reading(state, t, locale)
    case 'expired':
      return expired(state, t, locale)
    case 'over':
      return notice(t.over, t.overText)
    case 'no_link':
      return notice(t.noLink, t.noLinkText)
    case 'trouble':
      return notice(t.trouble, state.tooMany ? t.tooMany : t.troubleText,
        html`<button class="quiet" @click=${state.retry}>${t.retry}</button>`)
  }
}

const asks = ({ visit }: GuestState): boolean => visit?.link !== undefined && visit.link.kind !== 'inquiry'

function expired(state: GuestState, t: GuestMessages, locale: Locale): TemplateResult {
  const kind = state.visit?.link?.kind
  // Where the shop itself is not known there is no form to offer.
  if (kind === 'reopen' && state.shopName) return html`${notice(t.expired, t.expiredReopen)}${anew(state, locale)}`
  return notice(t.expired, kind === 'confirm' ? t.expiredConfirm : t.expiredInquiry)
}

/** The shop's own form: where it stands on the shop's site is not known here. */
const anew = ({ visit, apiBase }: GuestState, locale: Locale): TemplateResult => html`
  <section class="card"><inquiry-form shop=${visit?.shop ?? ''} api-base=${apiBase} lang=${locale}></inquiry-form></section>`

const notice = (title: string, text: string, action: TemplateResult | typeof nothing = nothing): TemplateResult =>
  html`<section class="card centred" role="alert"><h1 tabindex="-1">${title}</h1><p>${text}</p>${action}</section>`

function ask(state: GuestState, t: GuestMessages): TemplateResult {
  const busy = state.step === 'confirming'
  const again = state.visit?.link?.kind === 'reopen'
  const words = again ? [t.reopenTitle, t.reopenText, t.reopen, t.reopening] : [t.confirmTitle, t.confirmText, t.confirm, t.confirming]
  const [title = '', text = '', label, waiting] = words
  return html`
    <section class="card centred">
      <svg viewBox="0 0 64 48" class="letter" aria-hidden="true"><rect x="2" y="2" width="60" height="44" rx="6"/><path d="m4 6 28 22L60 6"/></svg>
      <h1>${title}</h1>
      <p>${text.replace('{shop}', state.shopName)}</p>
      <button ?disabled=${busy} @click=${state.confirm}>${busy ? waiting : label}</button>
    </section>`
}

function reading(state: GuestState, t: GuestMessages, locale: Locale): TemplateResult {
  const { visit, apiBase } = state
  const released = visit?.released ?? []
  return html`
    ${released.length ? html`
      <section class="done" role="status"><h1>${t.confirmed}</h1><p>${t.confirmedText}</p>
        ${released.length > 1 ? html`<nav aria-label=${t.released}>${released.map(({ id, reference }) => html`
          <button class="quiet" aria-current=${id === visit?.inquiry ? 'true' : nothing}
            @click=${() => state.choose(id)}>${reference}</button>`)}</nav>` : nothing}
      </section>` : html`<h1 class="unseen">${t.title}</h1>`}
    <section class="card">
      <inquiry-history shop=${visit?.shop ?? ''} api-base=${apiBase} lang=${locale} inquiry=${visit?.inquiry ?? ''}
        .getToken=${state.token} @inquiry-error=${state.hear}></inquiry-history>
    </section>`
}
