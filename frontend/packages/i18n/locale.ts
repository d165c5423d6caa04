export const LOCALES = ['zh-Hant', 'zh-Hans', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** How each language calls itself. */
export const LOCALE_NAMES: Record<Locale, string> = { 'zh-Hant': '繁體中文', 'zh-Hans': '简体中文', en: 'English' };

export function isLocale(value: unknown): value is Locale {
  return typeof value === 'string' && (LOCALES as readonly string[]).includes(value);
}

/** The language to begin with: what the person chose, else the first browser language that is spoken here. */
export function pickLocale(chosen: string | null | undefined, preferred: readonly string[]): Locale {
  if (isLocale(chosen)) return chosen;
  for (const tag of preferred) {
    const lower = tag.toLowerCase();
    if (/^zh-(hans|cn|sg|my)\b/.test(lower)) return 'zh-Hans';
    if (lower === 'zh' || lower.startsWith('zh-')) return 'zh-Hant';
    if (lower.startsWith('en')) return 'en';
  }
  return 'zh-Hant';
}
