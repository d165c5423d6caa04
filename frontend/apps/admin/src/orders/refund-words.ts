import type { Arrival, Order, PaymentMethod, Refund } from '@kefu/api';
import { t } from '../app/i18n.svelte';

/** What is going on with a refund, where its state alone does not say it. */
export function refundStanding(refund: Refund, me: string, names: (agent: string) => string): string | undefined {
  const { state, payer, needs_two: two, first_confirmed_by: first } = refund;
  if (state === 'proposed') return t('refunds.waits_for_customer');
  if (state === 'unknown') return t('refunds.asking');
  if (state === 'executing') return t('refunds.paying');
  if (state === 'requested' && refund.kind === 'cancel') return t('refunds.wants_cancel');
  if (state === 'succeeded' && refund.kind === 'cancelled') return t('refunds.by_system');
  if (state !== 'approved') return undefined;
  if (payer === 'webhook') return t('refunds.queued');
  if (!two) return t('refunds.to_pay_by_hand');
  if (!first) return t('refunds.needs_two');
  return first === me ? t('refunds.waits_for_second') : t('refunds.second', { who: names(first) });
}

/** The usual times (SPEC §10.9), where the order does not name the shop's own. */
const USUAL: Partial<Record<PaymentMethod, Arrival>> = {
  credit_card: { from: 3, to: 4, unit: 'weeks' },
  bank_transfer: { from: 3, to: 5, unit: 'working_days' },
  fps: { from: 3, to: 5, unit: 'working_days' },
  cash_on_delivery: { from: 3, to: 5, unit: 'working_days' },
};

/** When the customer sees the money: 「3–5 個工作天」. */
export function arrivalText(order: Order): string {
  const arrival = order.arrival ?? USUAL[order.payment_method];
  return arrival ? t(`arrival.${arrival.unit}`, { from: arrival.from, to: arrival.to }) : t('arrival.unknown');
}
