import type { Locale } from '../core/locale.ts'

/** Whole minor units as people write them: 128000 TWD is NT$1,280, and a fraction shows where there is one. */
export function money(minor: number, currency: string, locale: Locale): string {
  // Taiwan's own Chinese says $ for its dollar, which shops elsewhere mean by others; Hong Kong's says NT$ and HK$.
  const format = new Intl.NumberFormat(locale === 'zh-Hant' ? 'zh-HK' : locale, {
    style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger',
  } as Intl.NumberFormatOptions)
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

/** `12月1日` of a date or of an instant, there on the shop's calendar; with the year when it is another one. */
export function calendarDay(said: string, locale: Locale, shopZone?: string, now = new Date()): string {
  // A date stands for itself, in no zone.
  const timeZone = said.length > 10 ? shopZone : 'UTC'
  const at = new Date(said)
  const year = at.getUTCFullYear() === now.getUTCFullYear() ? {} : ({ year: 'numeric' } as const)
  return new Intl.DateTimeFormat(locale, { ...year, month: 'long', day: 'numeric', timeZone }).format(at)
}
