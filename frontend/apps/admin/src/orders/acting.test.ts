import type { Order, RefundState } from '@kefu/api';
import { describe, expect, it } from 'vitest';
import { clear, inquiriesOf, mayRefund, refundActions, returnActions } from './acting';

describe('a refund', () => {
  it.each<RefundState>(['executing', 'unknown', 'succeeded', 'rejected', 'withdrawn'])('that is %s has no button', (state) => {
    expect(refundActions({ state, payer: 'webhook' }, 'mia')).toEqual([]);
  });

  it('that the provider pays is not confirmed by hand', () => {
    expect(refundActions({ state: 'approved', payer: 'webhook' }, 'mia')).toEqual([]);
    expect(refundActions({ state: 'approved', payer: 'by_hand' }, 'mia')).toEqual(['confirm']);
  });

  it('of a large amount is confirmed by two persons', () => {
    const confirmed = { state: 'approved', payer: 'by_hand', needs_two: true, first_confirmed_by: 'mia' } as const;
    expect(refundActions(confirmed, 'mia')).toEqual([]);
    expect(refundActions(confirmed, 'leo')).toEqual(['confirm']);
  });
});

describe('a return', () => {
  it('ends in a refund, an exchange in a replacement', () => {
    expect(returnActions({ state: 'received', kind: 'return' })).toEqual(['refund']);
    expect(returnActions({ state: 'received', kind: 'exchange' })).toContain('replace');
    expect(returnActions({ state: 'refunded', kind: 'return' })).toEqual([]);
  });
});

describe('an order', () => {
  const order = (part: object) => ({ left: 100, refunds: [], returns: [], ...part }) as unknown as Order;

  it('is refunded where something is left and nothing waits', () => {
    expect(mayRefund(order({}))).toBe(true);
    expect(mayRefund(order({ left: 0 }))).toBe(false);
    expect(mayRefund(order({ refunds: [{ state: 'proposed' }] }))).toBe(false);
    expect(mayRefund(order({ refunds: [{ state: 'succeeded' }] }))).toBe(true);
  });

  it('names its inquiries once, the one at hand first', () => {
    const told = order({ refunds: [{ inquiry: 'a' }, { inquiry: 'b' }] });
    expect(inquiriesOf(told, ['c', 'a'], 'b')).toEqual(['b', 'a', 'c']);
  });
});

it('counts the characters of a reason, not its bytes', () => {
  expect(clear('已與顧客電話確認不退')).toBe(true);
  expect(clear('  不退款  ')).toBe(false);
});
