import { describe, expect, it } from 'vitest';
import { fieldValue, snoozeTimes } from './snooze';

const at = (text: string) => new Date(text).getTime();

describe('when a thing may come back', () => {
  it('is tomorrow and on Monday at nine', () => {
    const times = new Map(snoozeTimes(at('2026-11-25T14:30:00')).map((time) => [time.name, time.at]));
    expect(times.get('tomorrow')).toBe(at('2026-11-26T09:00:00'));
    expect(times.get('monday')).toBe(at('2026-11-30T09:00:00'));
    expect(times.get('later')).toBe(at('2026-11-25T18:30:00'));
  });

  it('is never later today when today is nearly over, and never today when it is Monday', () => {
    const names = snoozeTimes(at('2026-11-30T22:00:00'));
    expect(names.map(({ name }) => name)).toEqual(['hour', 'tomorrow', 'monday']);
    expect(names[2]?.at).toBe(at('2026-12-07T09:00:00'));
  });

  it('is shown in a field as the reader reads it', () => {
    expect(fieldValue(at('2026-11-25T14:30:00'))).toBe('2026-11-25T14:30');
  });
});
