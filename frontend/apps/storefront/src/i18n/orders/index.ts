import type { Locale } from '../../core/locale.ts'
import { common, type CommonMessages } from '../common/index.ts'
import { translator, type Translate } from '../translate.ts'
import { en } from './en.ts'
import { zhHans } from './zh-Hans.ts'
import { zhHant, type OrdersMessages } from './zh-Hant.ts'

export type { OrdersMessages }
export type OrdersKey = keyof OrdersMessages | keyof CommonMessages

export const orders: Record<Locale, OrdersMessages> = { 'zh-Hant': zhHant, 'zh-Hans': zhHans, en }

export type OrdersTranslate = Translate<OrdersKey>

export const ordersTranslator = (locale: Locale): OrdersTranslate => translator({ ...common[locale], ...orders[locale] })
