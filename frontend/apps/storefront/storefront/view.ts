import { html, nothing, type TemplateResult } from 'lit'
import { LOCALES, type Locale } from '../src/core/locale.ts'
import { LANGUAGE_NAMES } from '../src/core/page.ts'
import { MEMBERS, SHOPS } from './demo.ts'
import type { Store } from './main.ts'
import { accountPage, contactPage, homePage, orderPage, productPage } from './pages.ts'
import type { ShopWords } from './words.ts'

export function shopView(store: Store, t: ShopWords): TemplateResult {
  const order = store.member?.orders[store.shop.id]
  return html`
    <a class="skip" href="#main" @click=${skip}>${t.skip}</a>
    ${demoBar(store, t)}
    <header class="head">
      <a class="name" href="#/">${store.shop.name[store.locale]}</a>
      <nav aria-label=${t.menu}>
        ${link(store, '', t.products)}
        ${order ? link(store, `order/${order}`, t.order) : nothing}
        ${link(store, 'contact', t.contact)}
        ${link(store, 'account', t.account)}
      </nav>
    </header>
    <main id="main" tabindex="-1">${store.broken ? html`<p role="alert">${t.configFailed}</p>` : pageOf(store, t)}</main>
    <footer><p>${t.print}</p></footer>`
}

function skip(event: Event): void {
  event.preventDefault()
  document.querySelector<HTMLElement>('main')?.focus()
}

function link({ path }: Store, to: string, text: string): TemplateResult {
  const here = path[0] ?? ''
  const current = here === (to.split('/')[0] ?? '') || (here === 'product' && !to)
  return html`<a href="#/${to}" aria-current=${current ? 'page' : nothing}>${text}</a>`
}

function pageOf(store: Store, t: ShopWords): TemplateResult {
  const [name, id] = store.path
  const { member, shop } = store
  const product = shop.products.find((one) => one.id === id)
  if (name === 'contact') return contactPage(store, t)
  if (name === 'account') return accountPage(store, t)
  if (name === 'product' && product) return productPage(store, t, product)
  if (name === 'order' && member && id) return orderPage(store, t, id)
  if (name === 'order') return accountPage(store, t)
  return homePage(store, t)
}

/** What a visitor of a real shop never sees: which shop, who is signed in, in which language. */
function demoBar(store: Store, t: ShopWords): TemplateResult {
  const { shop, member, locale } = store
  const pick = (name: 'shop' | 'member' | 'locale') => (event: Event) =>
    store.choose({ [name]: (event.target as HTMLSelectElement).value as Locale })
  return html`
    <section class="demo" aria-label=${t.demo}>
      <label>${t.shop}<select name="shop" @change=${pick('shop')}>${SHOPS.map(({ id, name }) => html`
        <option value=${id} ?selected=${id === shop.id}>${name[locale]}</option>`)}</select></label>
      <label>${t.signedInAs}<select name="member" @change=${pick('member')}>
        <option value="" ?selected=${!member}>${t.guest}</option>${MEMBERS.map(({ id, name }) => html`
        <option value=${id} ?selected=${id === member?.id}>${name}</option>`)}</select></label>
      <label>${t.language}<select name="locale" @change=${pick('locale')}>${LOCALES.map((tag) => html`
        <option value=${tag} lang=${tag} ?selected=${tag === locale}>${LANGUAGE_NAMES[tag]}</option>`)}</select></label>
    </section>`
}
