import { LitElement, type PropertyDeclarations, type PropertyValues } from 'lit'
import { common, type Common } from '../i18n/common/index.ts'
import { translator } from '../i18n/translate.ts'
import type { Connection, GetToken } from './api.ts'
import { chooseLocale, type Locale } from './locale.ts'
import { Problem } from './problem.ts'

/** What both elements have: where they talk to, for whom, in which language. */
export abstract class CustomerElement extends LitElement {
  static override properties: PropertyDeclarations = {
    shop: {}, apiBase: { attribute: 'api-base' }, lang: {}, getToken: { attribute: false },
  }

  shop = ''
  apiBase = ''
  override lang = ''

  /** Set by the page: resolves to a token that the shop's backend signed. Without it the visitor is a guest. */
  declare getToken: GetToken | undefined

  /** Called whenever the element is about to speak of something else, or for another customer. */
  protected abstract restart(): void

  /** Reactive is only what the page sets; each but the language makes it another matter. */
  protected override willUpdate(changed: PropertyValues): void {
    changed.delete('lang')
    if (changed.size && this.shop) this.restart()
  }

  get locale(): Locale {
    const said = this.lang || this.closest<HTMLElement>('[lang]')?.lang
    return chooseLocale(said, navigator.languages)
  }

  get t(): Common {
    return translator(common[this.locale])
  }

  get connection(): Connection {
    const { apiBase, shop, locale, getToken } = this
    return { apiBase, shop, locale, getToken }
  }

  tell(name: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }))
  }

  /** Every failure comes through here, so that the page hears of it too. */
  problem(error: unknown): Problem {
    if (!(error instanceof Problem)) throw error
    const { code, status, detail } = error
    if (code !== 'guest') this.tell('inquiry-error', { code, status, detail })
    return error
  }

  async focusOn(selector: string): Promise<void> {
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus()
  }
}
