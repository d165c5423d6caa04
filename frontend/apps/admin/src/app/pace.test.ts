import { describe, expect, it } from 'vitest';
import { tellIn } from './pace';

describe('telling what is open or typed', () => {
  it('happens at once after some quiet', () => {
    expect(tellIn(5_000, -Infinity, 14_000)).toBe(0);
    expect(tellIn(5_000, 3_000, 14_000)).toBe(0);
  });

  it('waits for the quiet, and is not forgotten meanwhile', () => {
    expect(tellIn(5_000, 4_500, 14_000)).toBe(1_500);
  });

  it('is left to a poll that is due as soon', () => {
    expect(tellIn(5_000, 0, 7_000)).toBeUndefined();
    expect(tellIn(5_000, 4_500, 8_500)).toBeUndefined();
    expect(tellIn(5_000, 0, 7_001)).toBe(0);
  });

  it('is left to a poll that is late, too', () => {
    expect(tellIn(5_000, 0, 4_000)).toBeUndefined();
  });

  it('does not wait for a poll where there is none', () => {
    expect(tellIn(5_000, 0, Infinity)).toBe(0);
  });
});
