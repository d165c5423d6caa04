/** What clocks on the wall show in a time zone. */
export type Wall = { year: number; month: number; day: number; hour: number; minute: number };

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  const made = new Intl.DateTimeFormat('en-US', { ...parts, timeZone: zone, hourCycle: 'h23', calendar: 'gregory' });
  formats.set(zone, made);
  return made;
}

/** What clocks there show at a moment. */
export function wallAt(at: number, zone: string): Wall {
  const parts = new Map(formatOf(zone).formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (name: keyof Wall): number => parts.get(name) ?? 0;
  return { year: part('year'), month: part('month'), day: part('day'), hour: part('hour'), minute: part('minute') };
}

/** The moment at which clocks there show that; days past a month's end run on. A time that summer time leaves out is the one after. */
export function momentOf({ year, month, day, hour, minute }: Wall, zone: string): number {
  const shown = Date.UTC(year, month - 1, day, hour, minute);
  const ahead = (at: number): number => {
    const wall = wallAt(at, zone);
    return Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute) - Math.floor(at / 60_000) * 60_000;
  };
  const near = shown - ahead(shown);
  const exact = shown - ahead(near);
  return ahead(exact) === ahead(near) ? exact : Math.max(near, exact);
}

/** The day of the week of a wall clock's date, 0 for Sunday. */
export function weekdayOf({ year, month, day }: Wall): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}
