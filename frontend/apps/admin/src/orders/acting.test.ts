import type { Order, OrderEntry, RefundAction, RefundState } from '@kefu/api';
import { describe, expect, it } from 'vitest';
import { clear, confirmedFirst, inquiriesOf, mayRefund, refundActionName, refundActions, returnActions } from './acting';

describe('a refund', () => {
  type Standing = Parameters<typeof refundActions>[0];
  const standing = (part: Partial<Standing>): Standing => ({ state: 'requested', payer: 'webhook', kind: 'overdue', attention: false, contradicted: false, ...part });
  const possible = (part: Partial<Standing>, mine = false) => refundActions(standing(part), mine);

  it.each<RefundState>(['executing', 'unknown', 'succeeded', 'rejected', 'withdrawn'])('that is %s has no button', (state) => {
    expect(possible({ state })).toEqual([]);
  });

  it('that the provider pays is not confirmed by hand', () => {
    expect(possible({ state: 'approved' })).toEqual([]);
    expect(possible({ state: 'approved', payer: 'by_hand' })).toEqual(['confirm', 'found_unpaid']);
  });

  it('of a large amount is confirmed by two persons', () => {
    const confirmed = { state: 'approved', payer: 'by_hand', needs_two: true } as const;
    expect(possible(confirmed, true)).toEqual(['found_unpaid']);
    expect(possible(confirmed, false)).toEqual(['confirm', 'found_unpaid']);
  });

  it('that failed is given up with consent, but not where the customer cancelled the order', () => {
    const failed = { state: 'failed', attention: true } as const;
    expect(possible(failed)).toEqual(['retry', 'by_hand', 'reject']);
    expect(possible({ ...failed, kind: 'cancelled' })).toEqual(['retry', 'by_hand']);
  });

  it.each<RefundState>(['executing', 'unknown'])('that is %s for long is looked up in the books', (state) => {
    expect(possible({ state, attention: true })).toEqual(['found_paid', 'found_unpaid']);
  });

  it('that the provider contradicts is looked into, as the queue knows without being told', () => {
    const paid = { attention: true, contradicted: true } as const;
    expect(possible({ state: 'succeeded', payer: 'by_hand', ...paid })).toEqual(['look_into']);
    expect(possible({ state: 'withdrawn', ...paid })).toEqual(['found_paid', 'look_into']);
    expect(possible({ state: 'rejected', ...paid })).toEqual(['found_paid', 'look_into']);
    expect(possible({ state: 'failed', attention: true })).not.toContain('look_into');
  });

  it('names each action by what it does there', () => {
    const named = (action: RefundAction, part: Partial<Standing>) => refundActionName(action, standing(part));
    expect([named('reject', {}), named('reject', { state: 'failed' })]).toEqual(['reject', 'give_up']);
    expect([named('found_unpaid', { state: 'unknown' }), named('found_unpaid', { state: 'approved' })]).toEqual(['found_unpaid', 'not_transferred']);
    const offers = ['overdue', 'cancel', 'merchant'] as const;
    expect(offers.map((kind) => named('withdraw', { state: 'proposed', kind }))).toEqual(['take_offer_back', 'take_offer_back', 'withdraw']);
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
