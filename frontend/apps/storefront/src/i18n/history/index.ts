import type { Locale } from '../../core/locale.ts'
import { common, type CommonMessages } from '../common/index.ts'
import { translator, type Translate } from '../translate.ts'
import { en } from './en.ts'
import { zhHans } from './zh-Hans.ts'
import { zhHant, type HistoryMessages } from './zh-Hant.ts'

export type { HistoryMessages }
export type HistoryKey = keyof HistoryMessages | keyof CommonMessages

export const history: Record<Locale, HistoryMessages> = { 'zh-Hant': zhHant, 'zh-Hans': zhHans, en }

export type HistoryTranslate = Translate<HistoryKey>

export const historyTranslator = (locale: Locale): HistoryTranslate =>
  translator({ ...common[locale], ...history[locale] })
