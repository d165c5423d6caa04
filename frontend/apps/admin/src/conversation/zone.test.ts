import { describe, expect, it } from 'vitest';
import { type Wall, momentOf, wallAt, weekdayOf } from './zone';

const wall = (text: string): Wall => {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = text.split(/[-T:]/).map(Number);
  return { year, month, day, hour, minute };
};
const iso = (at: number) => new Date(at).toISOString();

describe('a zone', () => {
  it.each([
    ['Asia/Taipei', '2026-11-25T09:00', '2026-11-25T01:00:00.000Z'],
    ['America/New_York', '2026-11-25T09:00', '2026-11-25T14:00:00.000Z'],
    ['America/New_York', '2026-07-01T09:00', '2026-07-01T13:00:00.000Z'],
    ['Asia/Kolkata', '2026-11-25T00:15', '2026-11-24T18:45:00.000Z'],
    ['Pacific/Auckland', '2026-01-01T00:00', '2025-12-31T11:00:00.000Z'],
  ])('%s: %s is %s, there and back', (zone, shown, at) => {
    expect(iso(momentOf(wall(shown), zone))).toBe(at);
    expect(wallAt(Date.parse(at), zone)).toEqual(wall(shown));
  });

  it('knows the hour after summer time begins and the days on which it turns', () => {
    // On 2026-03-08 New York's clocks go from 2:00 to 3:00, on 2026-11-01 from 2:00 back to 1:00.
    expect(iso(momentOf(wall('2026-03-08T02:30'), 'America/New_York'))).toBe('2026-03-08T07:30:00.000Z');
    expect(iso(momentOf(wall('2026-03-08T09:00'), 'America/New_York'))).toBe('2026-03-08T13:00:00.000Z');
    expect(iso(momentOf(wall('2026-11-01T09:00'), 'America/New_York'))).toBe('2026-11-01T14:00:00.000Z');
  });

  it('runs on past the end of a month', () => {
    expect(iso(momentOf({ ...wall('2026-11-30T09:00'), day: 31 }, 'Asia/Taipei'))).toBe('2026-12-01T01:00:00.000Z');
  });

  it('knows the weekday', () => {
    expect(weekdayOf(wall('2026-11-25T00:00'))).toBe(3);
  });
});
