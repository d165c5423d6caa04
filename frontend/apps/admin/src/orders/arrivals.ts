import type { Arrival, PaymentMethod } from '@kefu/api';

/** When money arrives that was paid in that way, unless the shop says otherwise (SPEC §10.9). */
export const USUAL: Partial<Record<PaymentMethod, Arrival>> = {
  credit_card: { from: 3, to: 4, unit: 'weeks' },
  bank_transfer: { from: 3, to: 5, unit: 'working_days' },
  fps: { from: 3, to: 5, unit: 'working_days' },
  cash_on_delivery: { from: 3, to: 5, unit: 'working_days' },
};

export const MOST_DAYS = 90;

/** Whether the API takes it: from 0, to 1 at least, 90 at most, and in this order. */
export function possible({ from, to }: Pick<Arrival, 'from' | 'to'>): boolean {
  return [from, to].every((one) => Number.isInteger(one) && one >= 0 && one <= MOST_DAYS) && to >= Math.max(from, 1);
}
