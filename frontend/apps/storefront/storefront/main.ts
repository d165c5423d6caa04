import { render } from 'lit'
import type { GetToken } from '../src/core/api.ts'
import { localeOf, type Locale } from '../src/core/locale.ts'
import { readConfig, remember, remembered, speak } from '../src/core/page.ts'
import { tokenFor } from './backend.ts'
import { MEMBERS, SHOPS, type Member, type Shop } from './demo.ts'
import { shopView } from './view.ts'
import { shopWords } from './words.ts'

export interface Store {
  shop: Shop
  member: Member | undefined
  locale: Locale
  apiBase: string
  /** What follows `#/` in the address: the shop's pages. */
  path: string[]
  broken: boolean
  /** As every shop gives it to the elements; absent for a guest. */
  getToken: GetToken | undefined
  choose(what: { shop?: string; member?: string; locale?: Locale }): void
}

const first = <T>(found: T | undefined, otherwise: T): T => found ?? otherwise
/** The links of a shop's mails name it: the visitor may have looked at another one last. */
const asked = new URLSearchParams(location.search).get('shop')
const page = document.querySelector<HTMLElement>('#shop')

const store: Store = {
  shop: first(SHOPS.find(({ id }) => id === (asked ?? remembered('demo:shop'))), SHOPS[0] as Shop),
  member: MEMBERS.find(({ id }) => id === remembered('demo:member')),
  locale: localeOf(remembered('kefu:lang') ?? '') ?? 'zh-Hant',
  apiBase: '',
  path: [],
  broken: false,
  getToken: undefined,
  choose({ shop, member, locale }) {
    if (shop !== undefined) this.shop = first(SHOPS.find(({ id }) => id === shop), this.shop)
    if (member !== undefined) this.member = MEMBERS.find(({ id }) => id === member)
    if (locale) this.locale = locale
    remember('demo:shop', this.shop.id)
    remember('demo:member', this.member?.id ?? '')
    if (shop !== undefined && this.path[0] === 'product') location.hash = '#/'
    if (shop !== undefined || member !== undefined) signIn()
    draw()
  },
}

function signIn(): void {
  store.getToken = store.member && tokenFor(store.shop.id, store.member)
}

function draw(): void {
  speak(store.locale)
  document.title = store.shop.name[store.locale]
  document.documentElement.dataset.shop = store.shop.id
  if (page) render(shopView(store, shopWords[store.locale]), page)
}

function follow(): void {
  store.path = location.hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decodeURIComponent)
  draw()
}

addEventListener('hashchange', () => {
  follow()
  scrollTo(0, 0)
  page?.querySelector<HTMLElement>('main')?.focus()
})

signIn()
readConfig()
  .then(({ api_base }) => (store.apiBase = api_base))
  .catch(() => (store.broken = true))
  .finally(follow)
