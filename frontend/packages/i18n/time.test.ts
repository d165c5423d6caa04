import { describe, expect, it } from 'vitest';
import { dayKey, dayName, duration, exactTime, momentName, relativeTime } from './time';

const now = Date.parse('2026-11-22T04:00:00Z');
const ago = (ms: number) => now - ms;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('relativeTime', () => {
  it.each([
    [10_000, '剛剛'],
    [3 * HOUR + 59 * MINUTE, '3 小時前'],
    [26 * HOUR, '昨天'],
    [40 * 24 * HOUR, '上個月'],
  ])('%d ms ago is %s', (span, words) => {
    expect(relativeTime(ago(span), now, 'zh-Hant')).toBe(words);
  });

  it('can count seconds', () => {
    expect(relativeTime(ago(8_000), now, 'en', true)).toBe('8 seconds ago');
  });

  it('reads a clock slightly ahead as now, and the future as the future', () => {
    expect(relativeTime(now + 5_000, now, 'en')).toBe('now');
    expect(relativeTime(now + 2 * HOUR, now, 'en')).toBe('in 2 hours');
  });
});

describe('exactTime', () => {
  it.each(['zh-Hant', 'zh-Hans', 'en'] as const)('counts the hours to 24 in %s', (locale) => {
    expect(exactTime('2026-11-22T13:05:00Z', locale)).toContain('21:05');
    expect(exactTime('2026-11-22T16:05:00Z', locale)).toContain('00:05');
  });
});

describe('duration', () => {
  it('names the largest unit', () => {
    expect(duration(5 * HOUR + 10 * MINUTE, 'zh-Hant')).toBe('5 小時');
    expect(duration(3 * 24 * HOUR, 'en')).toBe('3 days');
  });

  it('never says zero', () => {
    expect(duration(0, 'zh-Hans')).toBe('1分钟');
  });
});

describe('days', () => {
  it('change at midnight where the reader is (Asia/Taipei here)', () => {
    expect(dayKey('2026-11-21T15:59:59Z')).not.toBe(dayKey('2026-11-21T16:00:00Z'));
  });

  it('show the year only where it differs', () => {
    expect(dayName('2026-11-20T04:00:00Z', now, 'en')).not.toContain('2026');
    expect(dayName('2025-11-20T04:00:00Z', now, 'en')).toContain('2025');
  });
});

describe('a moment to come', () => {
  it('is an hour today, a weekday within six days, and else a date', () => {
    expect(momentName('2026-11-22T10:30:00Z', now, 'zh-Hant')).toBe('18:30');
    expect(momentName('2026-11-25T01:00:00Z', now, 'zh-Hant')).toBe('週三 09:00');
    expect(momentName('2026-12-07T01:00:00Z', now, 'zh-Hant')).toMatch(/^12\/7\s09:00$/);
  });
});
