import { describe, expect, it } from 'vitest';
import { noticed } from './notice';

const counts = (unread: number, alerts: number, active: number) => ({ unread, alerts, active });

describe('what a poll brought', () => {
  it('says nothing at first, and nothing when nothing grew', () => {
    expect(noticed(undefined, counts(3, 1, 4))).toBeUndefined();
    expect(noticed(counts(3, 1, 4), counts(2, 0, 4))).toBeUndefined();
  });

  it('tells an alarm before a new inquiry, and that before a new message', () => {
    expect(noticed(counts(1, 0, 4), counts(2, 1, 5))).toBe('alerts');
    expect(noticed(counts(1, 0, 4), counts(2, 0, 5))).toBe('assigned');
    expect(noticed(counts(1, 0, 4), counts(2, 0, 4))).toBe('unread');
  });
});
