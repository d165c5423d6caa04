import type { OrderEntry, RefundReason, RefundStep, ReturnState } from '@kefu/api';
import { money } from '@kefu/i18n/money';
import { locale, t } from '../app/i18n.svelte';

/** One line of an order's timeline in words, on the order's page and in the conversation: "王小明 申請退款 NT$1,280：逾期未出貨". */
export function orderLine(entry: OrderEntry, who: string): string {
  switch (entry.event) {
    case 'shipped':
      return t('order.shipped', { who, carrier: entry.carrier ?? '', tracking: entry.tracking ?? '' });
    case 'delay_proposed':
    case 'delay_agreed':
      return t(`order.${entry.event}`, { who, date: dateName(entry.date) });
    case 'refund':
      return refundLine(entry, who);
    case 'return':
      return returnLine(entry, who);
    case 'cancelled':
    case 'note_added':
      return t(`order.${entry.event}`, { who });
    default:
      return t(`order.${entry.event}`);
  }
}

function refundLine(entry: OrderEntry, who: string): string {
  const amount = entry.amount ? money(entry.amount.minor, entry.amount.currency, locale()) : '';
  const step = (entry.step ?? 'requested') as RefundStep;
  switch (step) {
    case 'requested':
    case 'proposed':
    case 'approved':
      // The system asks for nothing: what the customer had asked for is to be decided again.
      if (step === 'requested' && entry.by.kind === 'system') return t('order.refund.stands_again', { amount, reason: reasonText(entry) });
      return t(`order.refund.${step}`, { who, amount, reason: reasonText(entry) });
    case 'rejected':
    case 'looked_into':
      return t(`order.refund.${step}`, { who, amount, reason: entry.reason ?? '' });
    case 'withdrawn':
      return t('order.refund.withdrawn', { amount, why: t(`order.why.${entry.why ?? 'taken_back'}`) });
    case 'failed':
      return t('order.refund.failed', { amount, problem: entry.problem ?? '–' });
    case 'started':
      return t('order.refund.started', { amount, attempt: entry.attempt ?? 1 });
    default:
      return t(`order.refund.${step}`, { who, amount });
  }
}

function returnLine(entry: OrderEntry, who: string): string {
  const kind = t(`order.kind.${entry.kind ?? 'return'}`);
  const step = (entry.step ?? 'requested') as ReturnState;
  const more = { reason: entry.reason ?? '', details: entry.details ?? '', carrier: entry.carrier ?? '', tracking: entry.tracking ?? '' };
  if (step === 'requested' && entry.reason) return t('order.return.requested_why', { who, kind, reason: entry.reason });
  return t(`order.return.${step}`, { who, kind, ...more });
}

/** Why money goes back: one of a few reasons, and words where there are some. */
export function reasonText({ reason, detail }: { reason?: string; detail?: string }): string {
  const named = t(`refund.reason.${(reason ?? 'other') as RefundReason}`);
  return detail ? t('refund.reason_detail', { reason: named, detail }) : named;
}

/** A day of the shop's calendar; it is nobody's moment, so it is read as if in Greenwich. */
export function dateName(date: string | undefined): string {
  if (!date) return '';
  const form = new Intl.DateTimeFormat(locale(), { month: 'numeric', day: 'numeric', weekday: 'short', timeZone: 'UTC' });
  return form.format(Date.parse(`${date}T00:00:00Z`));
}
