import { type Locale, type Translate, type Translator, createTranslator, pickLocale } from '@kefu/i18n';
import { settings } from './settings.svelte';

let translator: Translator;
let current = $state<Locale>('zh-Hant');

/** Loads the person's language; the site is mounted after this. */
export async function startI18n(): Promise<void> {
  const first = pickLocale(settings.locale, navigator.languages);
  translator = await createTranslator(first);
  show(first);
}

export async function useLocale(chosen: Locale): Promise<void> {
  await translator.use(chosen);
  settings.change({ locale: chosen });
  show(chosen);
}

function show(shown: Locale): void {
  current = shown;
  document.documentElement.lang = shown;
}

/** A part of the site with the words that it speaks. */
export async function withOrderWords<T>(part: Promise<T>): Promise<T> {
  const [loaded] = await Promise.all([part, translator.learn('orders')]);
  return loaded;
}

export function locale(): Locale {
  return current;
}

/** A message in the current language; whatever shows one is redrawn when the language changes. */
export const t: Translate = (key, params) => {
  void current;
  return translator.t(key, params);
};
