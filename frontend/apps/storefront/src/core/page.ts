import { localeOf, chooseLocale, type Locale } from './locale.ts'

/** What the host tells its pages; each reads it before it does anything else. */
export interface PageConfig {
  api_base: string
  /** How far the local host's clock was moved. */
  clock_offset_seconds?: number
}

export async function readConfig(): Promise<PageConfig> {
  const response = await fetch('/config.json')
  if (!response.ok) throw new Error(`config.json: ${response.status}`)
  return (await response.json()) as PageConfig
}

const KEY = 'kefu:lang'

/** Chosen here before, else the browser's language. */
export function pageLocale(): Locale {
  return (localeOf(remembered(KEY) ?? '') ?? chooseLocale(null, navigator.languages))
}

export function speak(locale: Locale): void {
  remember(KEY, locale)
  document.documentElement.lang = locale
}

export const LANGUAGE_NAMES: Record<Locale, string> = { 'zh-Hant': '繁體中文', 'zh-Hans': '简体中文', en: 'English' }

export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch {
    // A page that may not store forgets the choice; nothing else changes.
  }
}
