import { expect, it } from 'vitest';
import { possible } from './arrivals';

it('a span of days ends no sooner than it begins, within bounds', () => {
  expect([possible({ from: 0, to: 1 }), possible({ from: 90, to: 90 })]).toEqual([true, true]);
  const wrong = [{ from: 5, to: 3 }, { from: 0, to: 0 }, { from: -1, to: 2 }, { from: 3, to: 91 }, { from: Number.NaN, to: 4 }, { from: 1.5, to: 4 }];
  expect(wrong.filter(possible)).toEqual([]);
});
