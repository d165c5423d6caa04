import { html, type TemplateResult } from 'lit'
import type { Product } from './demo.ts'
import type { Store } from './main.ts'
import type { ShopWords } from './words.ts'

const money = (price: number): string => `NT$${price.toLocaleString('en')}`

export function homePage({ shop, locale }: Store, t: ShopWords): TemplateResult {
  return html`
    <h1 class="line">${shop.line[locale]}</h1>
    <ul class="goods" aria-label=${t.products}>${shop.products.map((product) => html`
      <li><a href="#/product/${product.id}"><img src=${product.art} alt="" width="320" height="240">
        <strong>${product.title[locale]}</strong><span>${money(product.price)}</span></a></li>`)}</ul>`
}

export function productPage({ shop, locale, apiBase, getToken }: Store, t: ShopWords, product: Product): TemplateResult {
  const title = product.title[locale]
  return html`
    <article class="product">
      <img src=${product.art} alt="" width="320" height="240">
      <div><h1>${title}</h1><p class="price">${money(product.price)}</p><p>${product.text[locale]}</p>
        <button disabled>${t.buy}</button></div>
    </article>
    <section class="ask" aria-label=${t.askProduct}>
      <inquiry-form shop=${shop.id} api-base=${apiBase} lang=${locale} kind="product" product-id=${product.id}
        product-title=${title} .getToken=${getToken}></inquiry-form>
    </section>`
}

/** An order as Kefu knows it; the links of mails and of the inbox lead here. */
export function orderPage({ shop, locale, apiBase, getToken }: Store, t: ShopWords, number: string): TemplateResult {
  return html`
    <h1>${t.order}</h1>
    <section class="ask">
      <order-care shop=${shop.id} api-base=${apiBase} lang=${locale} order-id=${number} .getToken=${getToken}></order-care>
    </section>
    <section class="ask">
      <inquiry-form shop=${shop.id} api-base=${apiBase} lang=${locale} kind="order" order-id=${number}
        .getToken=${getToken}></inquiry-form>
    </section>`
}

export function contactPage({ shop, locale, apiBase, getToken }: Store, t: ShopWords): TemplateResult {
  return html`
    <h1>${t.contactTitle}</h1>
    <p class="lead">${t.contactText}</p>
    <section class="ask">
      <inquiry-form shop=${shop.id} api-base=${apiBase} lang=${locale} .getToken=${getToken}></inquiry-form>
    </section>`
}

export function accountPage({ shop, locale, apiBase, member, getToken }: Store, t: ShopWords): TemplateResult {
  if (!member) return html`<h1>${t.accountGuest}</h1><p class="lead">${t.accountGuestText}</p>`
  return html`
    <h1>${t.accountHello.replace('{name}', member.name)}</h1>
    <section class="ask">
      <order-care shop=${shop.id} api-base=${apiBase} lang=${locale} .getToken=${getToken}></order-care>
    </section>
    <section class="ask">
      <inquiry-history shop=${shop.id} api-base=${apiBase} lang=${locale} .getToken=${getToken}></inquiry-history>
    </section>`
}
