import type { Locale } from './locale';

/** Hong Kong's way of writing tells the dollars apart: NT$, HK$, US$. */
const WRITTEN: Record<Locale, string> = { 'zh-Hant': 'zh-Hant-HK', 'zh-Hans': 'zh-Hans', en: 'en' };

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(currency: string, locale: Locale): Intl.NumberFormat {
  const name = `${currency} ${locale}`;
  const known = formats.get(name);
  if (known) return known;
  const made = new Intl.NumberFormat(WRITTEN[locale], { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' });
  formats.set(name, made);
  return made;
}

/** How many digits stand behind the point: 2 for TWD, none for JPY. */
export function moneyDigits(currency: string): number {
  return formatOf(currency, 'en').resolvedOptions().maximumFractionDigits ?? 2;
}

/** An amount of whole minor units: `NT$1,280`. */
export function money(minor: number, currency: string, locale: Locale): string {
  return formatOf(currency, locale).format(minor / 10 ** moneyDigits(currency));
}

/** The same as it is typed: `1280`, `1280.5`. */
export function plainMoney(minor: number, currency: string): string {
  return String(minor / 10 ** moneyDigits(currency));
}

/** What was typed, in whole minor units; nothing where it is no amount, or finer than the currency is. */
export function parseMoney(text: string, currency: string): number | undefined {
  const plain = text.normalize('NFKC').replace(/[,\s]/g, '');
  const match = /^(\d{1,12})(?:\.(\d+))?$/.exec(plain);
  if (!match) return undefined;
  const digits = moneyDigits(currency);
  const fraction = (match[2] ?? '').replace(/0+$/, '');
  if (fraction.length > digits) return undefined;
  return Number(match[1]) * 10 ** digits + Number(fraction.padEnd(digits, '0') || '0');
}
