import { describe, expect, it } from 'vitest';
import { elsewhere, fieldMoment, fieldValue, snoozeTimes } from './snooze';

const TAIPEI = 'Asia/Taipei';
const at = (text: string) => Date.parse(`${text}+08:00`);
const names = (now: string) => snoozeTimes(at(now), TAIPEI).map(({ name }) => name);

describe('when a thing may come back', () => {
  it('is later today, tomorrow and on Monday at nine', () => {
    const times = new Map(snoozeTimes(at('2026-11-25T14:30:00'), TAIPEI).map((time) => [time.name, time.at]));
    expect(times.get('hour')).toBe(at('2026-11-25T15:30:00'));
    expect(times.get('later')).toBe(at('2026-11-25T18:30:00'));
    expect(times.get('tomorrow')).toBe(at('2026-11-26T09:00:00'));
    expect(times.get('monday')).toBe(at('2026-11-30T09:00:00'));
  });

  it('is never later today when today is nearly over, and on Monday never today', () => {
    expect(names('2026-11-30T22:00:00')).toEqual(['hour', 'tomorrow', 'monday']);
    expect(snoozeTimes(at('2026-11-30T22:00:00'), TAIPEI)[2]?.at).toBe(at('2026-12-07T09:00:00'));
  });

  it('says on Sunday only once that tomorrow is Monday', () => {
    expect(names('2026-11-29T10:00:00')).toEqual(['hour', 'later', 'tomorrow']);
  });

  it('follows the clocks of the shop, wherever the reader is', () => {
    // Still Tuesday evening in New York.
    const times = new Map(snoozeTimes(at('2026-11-25T08:00:00'), 'America/New_York').map((time) => [time.name, time.at]));
    expect(times.get('tomorrow')).toBe(Date.parse('2026-11-25T09:00:00-05:00'));
  });
});

describe('a field for a time', () => {
  it('shows and reads the clocks of the shop', () => {
    const moment = at('2026-11-25T14:30:00');
    expect(fieldValue(moment, TAIPEI)).toBe('2026-11-25T14:30');
    expect(fieldMoment('2026-11-25T14:30', TAIPEI)).toBe(moment);
    expect(fieldValue(moment, 'America/New_York')).toBe('2026-11-25T01:30');
    expect(fieldMoment(fieldValue(moment, 'America/New_York'), 'America/New_York')).toBe(moment);
  });

  it('means nothing while it is half written', () => {
    for (const value of ['', '2026-11', '2026-11-25']) expect(fieldMoment(value, TAIPEI)).toBeUndefined();
  });

  it('names its zone where that is not the reader’s (Asia/Taipei here)', () => {
    expect(elsewhere(at('2026-11-25T14:30:00'), TAIPEI)).toBe(false);
    expect(elsewhere(at('2026-11-25T14:30:00'), 'Asia/Singapore')).toBe(false);
    expect(elsewhere(at('2026-11-25T14:30:00'), 'America/New_York')).toBe(true);
  });
});
