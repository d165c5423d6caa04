import { unsafeCSS, type CSSResult, type TemplateResult } from 'lit'
import { explain } from '../core/explain.ts'
import type { Panel } from '../core/lazy.ts'
import type { Locale } from '../core/locale.ts'
import type { Problem } from '../core/problem.ts'
import { ordersTranslator, type OrdersTranslate } from '../i18n/orders/index.ts'
import type { OrderCare } from '../order-care.ts'
import { fieldStyles } from '../styles/index.ts'
import styles from '../styles/orders.css?inline'
import { OrdersApi } from './api.ts'
import { Care } from './care.ts'
import { calendarDay, money } from './format.ts'
import { OrderList } from './list.ts'
import type { MyOrder } from './wire.ts'
import { ordersView } from './view.ts'

/** All that `<order-care>` shows and does. */
export class OrderPanel implements Panel {
  static readonly styles: CSSResult[] = [fieldStyles, unsafeCSS(styles)]

  readonly list = new OrderList(this)
  readonly care = new Care(this)

  constructor(readonly host: OrderCare) {}

  get locale(): Locale {
    return this.host.locale
  }

  get t(): OrdersTranslate {
    return ordersTranslator(this.locale)
  }

  get api(): OrdersApi {
    return new OrdersApi(this.host.connection)
  }

  redraw(): void {
    this.host.requestUpdate()
  }

  explain(problem: Problem): string {
    if (problem.code === 'guest') return this.t('signInFirst')
    if (problem.status === 404) return this.t('notFound')
    if (problem.code === 'nothing_proposed') return this.t('offerGone')
    return explain(problem, this.t, this.locale)
  }

  money(minor: number, { currency }: Pick<MyOrder, 'currency'>): string {
    return money(minor, currency, this.locale)
  }

  day(said: string, order?: Pick<MyOrder, 'time_zone'>): string {
    return calendarDay(said, this.locale, order?.time_zone)
  }

  restart(): void {
    if (this.host.orderId) return void this.care.open(this.host.orderId)
    this.care.close()
    void this.list.load()
  }

  readonly open = async (number: string): Promise<void> => {
    await this.care.open(number)
    await this.host.focusOn('#order-title')
  }

  readonly close = async (): Promise<void> => {
    const { number } = this.care
    this.care.close()
    await this.host.focusOn(`[data-order="${CSS.escape(number)}"]`)
  }

  view(): TemplateResult {
    return ordersView(this)
  }

  hostConnected(): void {
    this.care.watch()
  }

  hostDisconnected(): void {
    this.care.unwatch()
  }
}
