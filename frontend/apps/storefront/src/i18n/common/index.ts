import type { Locale } from '../../core/locale.ts'
import type { Source } from '../../core/wire.ts'
import type { Translate } from '../translate.ts'
import { en } from './en.ts'
import { zhHans } from './zh-Hans.ts'
import { zhHant, type CommonMessages } from './zh-Hant.ts'

export type { CommonMessages }
export type CommonKey = keyof CommonMessages
export type Common = Translate<CommonKey>

/** All three inline: an element may speak another language than its neighbour, and never waits for a catalogue. */
export const common: Record<Locale, CommonMessages> = { 'zh-Hant': zhHant, 'zh-Hans': zhHans, en }

/** A category that this build has no word for is shown as the shop named it. */
export function categoryName(t: Common, id: string): string {
  const key = `cat.${id}`
  return key in zhHant ? t(key as CommonKey) : id
}

export function sourceName(t: Common, source: Source): string {
  return source === 'contact_form' ? t(source) : t(`source.${source}`)
}
