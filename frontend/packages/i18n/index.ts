import { createInstance, type i18n } from 'i18next';
import type { Locale } from './locale';
import type orders from './messages/orders/zh-Hant.json';
import type base from './messages/zh-Hant.json';

export * from './locale';

type Plain<K> = K extends `${infer Stem}_other` ? Stem : K;
/** Every message, by the base catalogues. A plural message is named without its suffix. */
export type MessageKey = Plain<keyof typeof base | keyof typeof orders>;

/** What is spoken of everywhere, and what is loaded with the pages that speak of it. */
export type Part = 'base' | 'orders';
export type Params = Record<string, string | number>;
export type Translate = (key: MessageKey, params?: Params) => string;

type Load = () => Promise<{ default: Record<string, string> }>;

const catalogues: Record<Part, Record<Locale, Load>> = {
  base: {
    'zh-Hant': () => import('./messages/zh-Hant.json'),
    'zh-Hans': () => import('./messages/zh-Hans.json'),
    en: () => import('./messages/en.json'),
  },
  orders: {
    'zh-Hant': () => import('./messages/orders/zh-Hant.json'),
    'zh-Hans': () => import('./messages/orders/zh-Hans.json'),
    en: () => import('./messages/orders/en.json'),
  },
};

export type Translator = {
  readonly locale: () => Locale;
  readonly t: Translate;
  /** Loads the catalogues if needed, then switches. */
  readonly use: (locale: Locale) => Promise<void>;
  /** Loads another part's words, now and in every language to come. */
  readonly learn: (part: Part) => Promise<void>;
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
  const spoken = new Set<Part>(['base']);
  const held = new Set<string>();
  const load = async (part: Part, into: Locale): Promise<void> => {
    if (held.has(`${part} ${into}`)) return;
    const { default: messages } = await catalogues[part][into]();
    instance.addResourceBundle(into, 'translation', messages, true);
    held.add(`${part} ${into}`);
  };
  const use = async (next: Locale): Promise<void> => {
    await Promise.all([...spoken].map((part) => load(part, next)));
    await instance.changeLanguage(next);
    current = next;
  };
  const learn = async (part: Part): Promise<void> => {
    spoken.add(part);
    await load(part, current);
  };
  await use(locale);
  return { locale: () => current, t: (key, params) => instance.t(key, params ?? {}), use, learn };
}
