import type { Arrival, Order, Refund } from '@kefu/api';
import { t } from '../app/i18n.svelte';
import { USUAL } from './arrivals';

/** What is going on with a refund, where its state alone does not say it; `mine`: the reader confirmed it first. */
export function refundStanding(refund: Refund, mine: boolean): string | undefined {
  const { state, payer, needs_two: two, first_confirmed_by: first } = refund;
  if (refund.attention && (state === 'unknown' || state === 'executing')) return t('refunds.look_up');
  if (state === 'proposed') return t('refunds.waits_for_customer');
  if (state === 'unknown') return t('refunds.asking');
  if (state === 'executing') return t('refunds.paying');
  if (state === 'requested' && refund.kind === 'cancel') return t('refunds.wants_cancel');
  if (state === 'succeeded' && refund.kind === 'cancelled') return t('refunds.by_system');
  if (state !== 'approved') return undefined;
  if (payer === 'webhook') return t('refunds.queued');
  if (!two) return t('refunds.to_pay_by_hand');
  if (!first) return t('refunds.needs_two');
  return mine ? t('refunds.waits_for_second') : t('refunds.second', { who: first });
}

/** When the customer sees the money: 「3–5 個工作天」; the usual time where the order does not name the shop's own. */
export function arrivalText(order: Pick<Order, 'arrival' | 'payment_method'>): string {
  const arrival: Arrival | undefined = order.arrival ?? USUAL[order.payment_method];
  return arrival ? t(`arrival.${arrival.unit}`, { from: arrival.from, to: arrival.to }) : t('arrival.unknown');
}
