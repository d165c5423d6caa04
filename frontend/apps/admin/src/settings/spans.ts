import type { Day, Span } from '@kefu/api';

export const DAYS: Day[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** What is chosen in one go: a day, the five days of work, or all seven. */
export type Days = Day | 'weekdays' | 'every';

export function daysOf(chosen: Days): Day[] {
  if (chosen === 'every') return DAYS;
  return chosen === 'weekdays' ? DAYS.slice(0, 5) : [chosen];
}

export type SpanProblem = 'ends_before_start' | 'overlaps' | 'not_a_time';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Why a span cannot be added to the others, if it cannot. */
export function problemOf(span: Span, others: readonly Span[]): SpanProblem | undefined {
  if (!TIME.test(span.from) || !(TIME.test(span.to) || span.to === '24:00')) return 'not_a_time';
  if (span.to <= span.from) return 'ends_before_start';
  const meets = others.some((other) => other.day === span.day && other.from < span.to && span.from < other.to);
  return meets ? 'overlaps' : undefined;
}

/** In the order of the week. */
export function sorted(spans: readonly Span[]): Span[] {
  return spans.toSorted((one, other) => DAYS.indexOf(one.day) - DAYS.indexOf(other.day) || one.from.localeCompare(other.from));
}

/** Day by day, without the days that have none. */
export function byDay(spans: readonly Span[]): { day: Day; spans: Span[] }[] {
  const days = DAYS.map((day) => ({ day, spans: sorted(spans).filter((span) => span.day === day) }));
  return days.filter(({ spans: some }) => some.length > 0);
}

/** Midnight at the end of a day is meant by 00:00, too. */
export function endOf(value: string): string {
  return value === '00:00' ? '24:00' : value;
}
