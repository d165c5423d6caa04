import type { Order, OrderEntry, RefundState } from '@kefu/api';
import { describe, expect, it } from 'vitest';
import { clear, confirmedFirst, inquiriesOf, mayRefund, refundActions, returnActions } from './acting';

describe('a refund', () => {
  it.each<RefundState>(['executing', 'unknown', 'succeeded', 'rejected', 'withdrawn'])('that is %s has no button', (state) => {
    expect(refundActions({ state, payer: 'webhook' })).toEqual([]);
  });

  it('that the provider pays is not confirmed by hand', () => {
    expect(refundActions({ state: 'approved', payer: 'webhook' })).toEqual([]);
    expect(refundActions({ state: 'approved', payer: 'by_hand' })).toEqual(['confirm']);
  });

  it('of a large amount is confirmed by two persons', () => {
    const confirmed = { state: 'approved', payer: 'by_hand', needs_two: true } as const;
    expect(refundActions(confirmed, true)).toEqual([]);
    expect(refundActions(confirmed, false)).toEqual(['confirm']);
  });

  it('knows who confirmed it first by the timeline: two people may have one name', () => {
    const entry = (number: number, step: string, id: string) => ({ event: 'refund', number, step, by: { kind: 'agent', id } }) as unknown as OrderEntry;
    const entries = [entry(1, 'first_confirmed', 'leo'), entry(1, 'failed', 'leo'), entry(1, 'first_confirmed', 'mia'), entry(2, 'first_confirmed', 'leo')];
    expect(confirmedFirst('mia', { number: 1, first_confirmed_by: '小米' }, entries)).toBe(true);
    expect(confirmedFirst('leo', { number: 1, first_confirmed_by: '小米' }, entries)).toBe(false);
    expect(confirmedFirst('mia', { number: 1 }, entries)).toBe(false);
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
