import type { MethodArrival } from '@kefu/api';
import { expect, it } from 'vitest';
import { USUAL, ownArrivals, possible } from './arrivals';

it('what a shop sends is what it decided itself, not the usual times', () => {
  const usual = Object.entries(USUAL).map(([payment_method, arrival]) => Object.assign({ payment_method }, arrival) as MethodArrival);
  const own: MethodArrival[] = [
    { payment_method: 'credit_card', from: 1, to: 2, unit: 'weeks' },
    { payment_method: 'fps', from: 3, to: 5, unit: 'weeks' },
    { payment_method: 'other', from: 3, to: 5, unit: 'working_days' },
  ];
  expect(ownArrivals([...usual, ...own])).toEqual(own);
});

it('a span of days ends no sooner than it begins, within bounds', () => {
  expect([possible({ from: 0, to: 1 }), possible({ from: 90, to: 90 })]).toEqual([true, true]);
  const wrong = [{ from: 5, to: 3 }, { from: 0, to: 0 }, { from: -1, to: 2 }, { from: 3, to: 91 }, { from: Number.NaN, to: 4 }, { from: 1.5, to: 4 }];
  expect(wrong.filter(possible)).toEqual([]);
});
