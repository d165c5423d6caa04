import { type Wall, momentOf, wallAt, weekdayOf } from './zone';

const HOUR_MS = 60 * 60 * 1000;
const MONDAY = 1;

export type SnoozeTime = { name: 'hour' | 'later' | 'tomorrow' | 'monday'; at: number };

/** The times at which people want a thing back, by the shop's clocks: in an hour, later today, tomorrow and on Monday at nine. */
export function snoozeTimes(now: number, zone: string): SnoozeTime[] {
  const today = wallAt(now, zone);
  const nine = (days: number): number => momentOf({ ...today, day: today.day + days, hour: 9, minute: 0 }, zone);
  const toMonday = (MONDAY - weekdayOf(today) + 7) % 7 || 7;
  const later = now + 4 * HOUR_MS;
  const times: SnoozeTime[] = [{ name: 'hour', at: now + HOUR_MS }];
  if (wallAt(later, zone).day === today.day) times.push({ name: 'later', at: later });
  times.push({ name: 'tomorrow', at: nine(1) });
  if (toMonday > 1) times.push({ name: 'monday', at: nine(toMonday) });
  return times;
}

/** The weekday and the hour, by the shop's clocks. */
export function timeOfDay(at: number, zone: string, locale: string): string {
  const parts = { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat(locale, { ...parts, timeZone: zone }).format(at);
}

/** A moment as a `datetime-local` field has it, by the shop's clocks. */
export function fieldValue(at: number, zone: string): string {
  const { year, month, day, hour, minute } = wallAt(at, zone);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

/** The moment that such a field names; nothing while it is empty or half written. */
export function fieldMoment(value: string, zone: string): number | undefined {
  const [, ...parts] = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/.exec(value) ?? [];
  if (parts.length === 0) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts.map(Number);
  return momentOf({ year, month, day, hour, minute } satisfies Wall, zone);
}

/** Whether the reader's own clock shows something else than the shop's. */
export function elsewhere(at: number, zone: string): boolean {
  return fieldValue(at, zone) !== fieldValue(at, Intl.DateTimeFormat().resolvedOptions().timeZone);
}
