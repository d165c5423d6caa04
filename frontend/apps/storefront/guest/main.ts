import { render } from 'lit'
import { keptVisit, keepVisit } from './visit.ts'
import { linkIn } from './link.ts'
import { GuestState, type Step } from './state.ts'
import { guestView } from './view.ts'
import { guestMessages } from './messages.ts'
import { pageLocale, speak } from '../src/core/page.ts'
import type { Locale } from '../src/core/locale.ts'

const page = document.querySelector<HTMLElement>('#page')
let locale = pageLocale()
let state: GuestState | undefined
let shown: Step | undefined

/** The secret leaves the address bar, and with it the history, before anything else happens. */
function arrive(): void {
  const link = linkIn(location.hash)
  if (location.hash) history.replaceState(null, '', location.pathname)
  const visit = link ? { shop: link.shop, link } : keptVisit()
  if (visit) keepVisit(visit)
  state = new GuestState(visit, () => locale, draw)
  void state.start()
}

function draw(): void {
  const t = guestMessages[locale]
  document.title = state?.shopName ? `${t.title} · ${state.shopName}` : t.title
  if (!page || !state) return
  render(guestView(state, t, locale, choose), page)
  // The button that was pressed is gone: whoever reads with the keyboard goes on at what became of it.
  if (shown === 'confirming' && state.step !== shown) page.querySelector('h1')?.focus()
  shown = state.step
}

function choose(chosen: Locale): void {
  locale = chosen
  speak(locale)
  draw()
}

speak(locale)
arrive()
// A second mail's link opened in this tab changes only the fragment.
addEventListener('hashchange', () => location.hash && arrive())
