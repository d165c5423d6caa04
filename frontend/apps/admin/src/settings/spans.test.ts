import { describe, expect, it } from 'vitest';
import { byDay, daysOf, endOf, problemOf } from './spans';

const monday = (from: string, to: string) => ({ day: 'monday' as const, from, to });

describe('a span of a week', () => {
  it('ends after it starts, on its own day', () => {
    expect(problemOf(monday('09:00', '18:00'), [])).toBeUndefined();
    expect(problemOf(monday('09:00', '24:00'), [])).toBeUndefined();
    expect(problemOf(monday('18:00', '09:00'), [])).toBe('ends_before_start');
    expect(problemOf(monday('09:00', '09:00'), [])).toBe('ends_before_start');
    expect(problemOf(monday('', '09:00'), [])).toBe('not_a_time');
  });

  it('may touch another and not overlap it', () => {
    expect(problemOf(monday('12:00', '18:00'), [monday('09:00', '12:00')])).toBeUndefined();
    expect(problemOf(monday('11:59', '18:00'), [monday('09:00', '12:00')])).toBe('overlaps');
    expect(problemOf({ ...monday('11:00', '12:00'), day: 'sunday' }, [monday('09:00', '12:00')])).toBeUndefined();
  });

  it('ends at midnight where the field says 00:00', () => {
    expect(endOf('00:00')).toBe('24:00');
    expect(endOf('18:00')).toBe('18:00');
  });

  it('may be wanted on several days at once', () => {
    expect(daysOf('weekdays')).toEqual(['monday', 'tuesday', 'wednesday', 'thursday', 'friday']);
    expect(daysOf('every')).toHaveLength(7);
    expect(daysOf('sunday')).toEqual(['sunday']);
  });

  it('stands with those of its day, in order', () => {
    const days = byDay([{ ...monday('13:00', '18:00'), day: 'friday' }, monday('13:00', '18:00'), monday('09:00', '12:00')]);
    expect(days.map(({ day, spans }) => [day, spans.map(({ from }) => from)])).toEqual([
      ['monday', ['09:00', '13:00']],
      ['friday', ['13:00']],
    ]);
  });
});
