import { createInstance, type i18n } from 'i18next';
import type { Locale } from './locale';
import type base from './messages/zh-Hant.json';

export * from './locale';

type Plain<K> = K extends `${infer Stem}_other` ? Stem : K;
/** Every message, by the base catalogue. A plural message is named without its suffix. */
export type MessageKey = Plain<keyof typeof base>;
export type Params = Record<string, string | number>;
export type Translate = (key: MessageKey, params?: Params) => string;

const catalogues: Record<Locale, () => Promise<{ default: Record<string, string> }>> = {
  'zh-Hant': () => import('./messages/zh-Hant.json'),
  'zh-Hans': () => import('./messages/zh-Hans.json'),
  en: () => import('./messages/en.json'),
};

export type Translator = {
  readonly locale: () => Locale;
  readonly t: Translate;
  /** Loads the catalogue if needed, then switches. */
  readonly use: (locale: Locale) => Promise<void>;
};

export async function createTranslator(locale: Locale): Promise<Translator> {
  const instance: i18n = createInstance();
  await instance.init({
    lng: locale,
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: {},
  });
  let current = locale;
  const use = async (next: Locale): Promise<void> => {
    if (!instance.hasResourceBundle(next, 'translation')) {
      const { default: messages } = await catalogues[next]();
      instance.addResourceBundle(next, 'translation', messages);
    }
    await instance.changeLanguage(next);
    current = next;
  };
  await use(locale);
  return { locale: () => current, t: (key, params) => instance.t(key, params ?? {}), use };
}
