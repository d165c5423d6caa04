const HOUR_MS = 60 * 60 * 1000;

export type SnoozeTime = { name: 'hour' | 'later' | 'tomorrow' | 'monday'; at: number };

/** The times at which people want a thing back: in an hour, later today, tomorrow and on Monday at nine. */
export function snoozeTimes(now: number): SnoozeTime[] {
  const nine = (days: number): number => {
    const day = new Date(now);
    day.setDate(day.getDate() + days);
    return day.setHours(9, 0, 0, 0);
  };
  const weekday = new Date(now).getDay();
  const times: SnoozeTime[] = [
    { name: 'hour', at: now + HOUR_MS },
    { name: 'later', at: now + 4 * HOUR_MS },
    { name: 'tomorrow', at: nine(1) },
    { name: 'monday', at: nine(weekday === 0 ? 1 : 8 - weekday) },
  ];
  return times.filter(({ name, at }) => name !== 'later' || new Date(at).getDate() === new Date(now).getDate());
}

export function timeOfDay(at: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(at);
}

/** A moment as a `datetime-local` field has it, in the reader's own time. */
export function fieldValue(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
