import { describe, expect, it } from 'vitest';
import { revealOffset, visibleSpan } from './window';

describe('the window of rows', () => {
  it('draws few of many', () => {
    const { first, end } = visibleSpan(10_000, 76, 76 * 5_000, 600);
    expect(first).toBe(4_994);
    expect(end - first).toBeLessThan(40);
  });

  it('stays within the list', () => {
    expect(visibleSpan(3, 76, 0, 600)).toEqual({ first: 0, end: 3 });
    expect(visibleSpan(0, 76, 900, 600)).toEqual({ first: 0, end: 0 });
  });

  it('scrolls no further than needed', () => {
    expect(revealOffset(3, 76, 0, 600)).toBeUndefined();
    expect(revealOffset(0, 76, 100, 600)).toBe(0);
    expect(revealOffset(10, 76, 0, 600)).toBe(11 * 76 - 600);
  });
});
