export const LOCALES = ['zh-Hant', 'zh-Hans', 'en'] as const
export type Locale = (typeof LOCALES)[number]

/** A language tag's catalogue: the script decides for Chinese (zh-TW, zh-HK → zh-Hant; zh-CN, zh-SG → zh-Hans). */
export function localeOf(tag: string): Locale | undefined {
  try {
    const { language, script } = new Intl.Locale(tag).maximize()
    if (language === 'zh') return script === 'Hant' ? 'zh-Hant' : 'zh-Hans'
    return language === 'en' ? 'en' : undefined
  } catch {
    return undefined
  }
}

/** What the page says, else the first language of the browser that there is a catalogue for, else English. */
export function chooseLocale(said: string | null | undefined, browser: readonly string[]): Locale {
  if (said) return localeOf(said) ?? 'en'
  for (const tag of browser) {
    const locale = localeOf(tag)
    if (locale) return locale
  }
  return 'en'
}
