import type { Entry, OrderEntry, RefundStep, ReturnState } from '@kefu/api';
import { LOCALES, type Translator, createTranslator } from '@kefu/i18n';
import { describe, expect, it, vi } from 'vitest';
import { lineText } from '../conversation/words';
import { orderLine } from './lines';

const { spoken } = vi.hoisted(() => ({ spoken: {} as { now: Translator } }));
vi.mock('../app/i18n.svelte', () => ({
  locale: () => spoken.now.locale(),
  t: (...said: Parameters<Translator['t']>) => spoken.now.t(...said),
}));

const translators = await Promise.all(LOCALES.map((locale) => createTranslator(locale)));
const entry = (part: Partial<OrderEntry>): OrderEntry => ({ seq: 1, at: '2026-11-25T01:00:00Z', by: { kind: 'system' }, event: 'placed', ...part });
const inEach = (say: () => string): string[] => translators.map((translator) => ((spoken.now = translator), say()));
const amount = { minor: 128_000, currency: 'TWD' };

describe('a line about an order', () => {
  it('says what the customer asked for and why', () => {
    const asked = entry({ by: { kind: 'customer' }, event: 'refund', step: 'requested', amount, reason: 'late' });
    const said = inEach(() => orderLine(asked, '王小明'));
    expect(said[0]).toBe('王小明 申請退款 NT$1,280：逾期未出貨');
    expect(said[2]).toBe('王小明 asked for a refund of NT$1,280: Not shipped in time');
  });

  it('says that the request stands again, which nobody asked for anew', () => {
    const [ended, again] = [entry({ event: 'refund', step: 'withdrawn', amount, why: 'offer_taken_back' }), entry({ event: 'refund', step: 'requested', amount, reason: 'late' })];
    expect(inEach(() => orderLine(ended, '小米'))[0]).toBe('退款 NT$1,280 已撤回：商店收回提議');
    expect(inEach(() => orderLine(again, '系統'))[0]).toBe('退款申請 NT$1,280 恢復待處理：逾期未出貨');
  });

  it('has the words of whoever looked into it', () => {
    const looked = entry({ event: 'refund', step: 'looked_into', amount, reason: '金流確認只付出一次' });
    expect(inEach(() => orderLine(looked, '小米'))[0]).toBe('小米 查證退款 NT$1,280：金流確認只付出一次');
  });

  it('names the day of the shop and not another one', () => {
    const agreed = entry({ event: 'delay_agreed', date: '2026-12-01' });
    expect(inEach(() => orderLine(agreed, '小米'))[0]).toContain('12/1');
  });

  it('stands in the conversation with the number of its order', () => {
    const told = { seq: 9, at: '2026-11-25T01:00:00Z', by: { kind: 'system' }, event: 'order', order: 'A1001', order_event: { event: 'paid' } };
    expect(inEach(() => lineText(told as unknown as Entry, () => ''))[0]).toBe('#A1001：已付款');
  });

  it('knows every event and every step in every language', () => {
    const events = ['placed', 'paid', 'updated', 'shipped', 'delivered', 'cancelled', 'note_added', 'delay_proposed', 'delay_declined', 'delay_passed'] as const;
    const steps: RefundStep[] = ['requested', 'proposed', 'approved', 'rejected', 'withdrawn', 'started', 'unknown', 'first_confirmed', 'succeeded', 'failed', 'retried', 'by_hand', 'contradicted', 'looked_into'];
    const states: ReturnState[] = ['requested', 'accepted', 'rejected', 'withdrawn', 'pick_up_arranged', 'received', 'refunded', 'replaced'];
    const all = [
      ...events.map((event) => entry({ event })),
      ...steps.map((step) => entry({ event: 'refund', step, amount })),
      ...states.map((step) => entry({ event: 'return', step, kind: 'exchange' })),
    ];
    for (const one of all) for (const said of inEach(() => orderLine(one, '小米'))) expect(said).not.toMatch(/order\.|refund\.|\{\{/);
  });
});
