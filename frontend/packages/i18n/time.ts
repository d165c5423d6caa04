import type { Locale } from './locale';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Unit = 'second' | 'minute' | 'hour' | 'day' | 'month' | 'year';
const STEPS: [Unit, number][] = [
  ['year', 365 * DAY],
  ['month', 30 * DAY],
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
];

const formatters = new Map<string, unknown>();

function cached<T>(key: string, make: () => T): T {
  const known = formatters.get(key);
  if (known) return known as T;
  const made = make();
  formatters.set(key, made);
  return made;
}

/** The largest whole unit in a span, never less than one minute unless `seconds` are wanted. */
function largest(span: number, seconds: boolean): { value: number; unit: Unit } {
  for (const [unit, length] of STEPS) {
    if (span >= length) return { value: Math.floor(span / length), unit };
  }
  return seconds ? { value: Math.floor(span / 1000), unit: 'second' } : { value: 0, unit: 'minute' };
}

/** A minute is not worth a number. */
const NOW: Record<Locale, string> = { 'zh-Hant': '剛剛', 'zh-Hans': '刚刚', en: 'now' };

/** "3 小時前". A moment ahead of the clock by a little reads as now. */
export function relativeTime(at: string | number, now: number, locale: Locale, seconds = false): string {
  const span = now - time(at);
  const past = span >= 0 || span > -MINUTE;
  const { value, unit } = largest(Math.max(0, past ? span : -span), seconds);
  const format = cached(`relative ${locale}`, () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
  if (value === 0 && past) return NOW[locale];
  return value === 0 ? format.format(0, 'second') : format.format(past ? -value : value, unit);
}

/** A length of time: "5 小時". Under a minute counts as one. */
export function duration(span: number, locale: Locale): string {
  const { value, unit } = largest(Math.max(span, MINUTE), false);
  const format = cached(
    `duration ${locale} ${unit}`,
    () => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: locale === 'en' ? 'short' : 'long' }),
  );
  return format.format(value);
}

/** Date and time in full, for titles; the hours of a day are counted to 24 as everywhere here. */
export function exactTime(at: string | number, locale: Locale): string {
  const format = cached(`exact ${locale}`, () => {
    const parts = { year: 'numeric', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit' } as const;
    return new Intl.DateTimeFormat(locale, { ...parts, hourCycle: 'h23' });
  });
  return format.format(time(at));
}

/** The hour and minute, for a message under its day's heading. */
export function clockTime(at: string | number, locale: Locale): string {
  const format = cached(
    `clock ${locale}`,
    () => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  );
  return format.format(time(at));
}

/** The day, for a heading between messages; the year only where it is not this one. */
export function dayName(at: string | number, now: number, locale: Locale): string {
  const [then, today] = [new Date(time(at)), new Date(now)];
  const thisYear = then.getFullYear() === today.getFullYear();
  const format = cached(
    `day ${locale} ${thisYear}`,
    () =>
      new Intl.DateTimeFormat(locale, {
        month: 'long',
        day: 'numeric',
        weekday: 'short',
        ...(thisYear ? {} : { year: 'numeric' }),
      }),
  );
  return format.format(then);
}

/** A moment near enough to be named shortly: the hour today, the weekday within six days, else the date. */
export function momentName(at: string | number, now: number, locale: Locale): string {
  const span = time(at) - now;
  const near = span > 0 && span < 6 * DAY;
  const kind = dayKey(at) === dayKey(now) ? 'today' : near ? 'near' : 'far';
  const format = cached(`moment ${locale} ${kind}`, () => {
    const day = { today: {}, near: { weekday: 'short' }, far: { month: 'numeric', day: 'numeric' } } as const;
    return new Intl.DateTimeFormat(locale, { ...day[kind], hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  });
  return format.format(time(at));
}

/** Names a calendar day where the reader is: equal for two moments of one day. */
export function dayKey(at: string | number): string {
  const day = new Date(time(at));
  return `${day.getFullYear()}-${day.getMonth() + 1}-${day.getDate()}`;
}

function time(at: string | number): number {
  return typeof at === 'number' ? at : Date.parse(at);
}
