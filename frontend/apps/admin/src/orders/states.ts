import type { OrderRow, RefundState, ReturnState } from '@kefu/api';
import { duration } from '@kefu/i18n/time';
import { locale, t } from '../app/i18n.svelte';
import type { IconName } from '../ui/icons';

export type Tone = 'red' | 'blue' | 'green' | 'amber' | 'grey';
type Mark = { tone: Tone; icon: IconName };

export const REFUND_MARKS: Record<RefundState, Mark> = {
  requested: { tone: 'red', icon: 'alert' },
  proposed: { tone: 'blue', icon: 'question' },
  rejected: { tone: 'grey', icon: 'close' },
  withdrawn: { tone: 'grey', icon: 'back' },
  approved: { tone: 'blue', icon: 'hourglass' },
  executing: { tone: 'blue', icon: 'hourglass' },
  unknown: { tone: 'amber', icon: 'question' },
  succeeded: { tone: 'green', icon: 'check' },
  failed: { tone: 'red', icon: 'alert' },
};

export const RETURN_MARKS: Record<ReturnState, Mark> = {
  requested: { tone: 'red', icon: 'alert' },
  accepted: { tone: 'blue', icon: 'hourglass' },
  rejected: { tone: 'grey', icon: 'close' },
  withdrawn: { tone: 'grey', icon: 'back' },
  pick_up_arranged: { tone: 'blue', icon: 'hourglass' },
  received: { tone: 'amber', icon: 'inbox' },
  refunded: { tone: 'green', icon: 'check' },
  replaced: { tone: 'green', icon: 'check' },
};

export function standingMark({ standing, overdue }: Pick<OrderRow, 'standing' | 'overdue'>): Mark {
  if (standing === 'shipped') return { tone: 'green', icon: 'check' };
  if (standing === 'ended') return { tone: 'grey', icon: 'close' };
  return overdue ? { tone: 'red', icon: 'alert' } : { tone: 'blue', icon: 'hourglass' };
}

export function standingText({ standing, overdue }: Pick<OrderRow, 'standing' | 'overdue'>): string {
  return t(standing === 'to_ship' && overdue ? 'orders.list.overdue' : `orders.standing.${standing}`);
}

/** How long until it has to be shipped, or since when it should have been: 「剩 2 天」, 「已逾期 2 天」. */
export function shipByText({ standing, overdue, ship_by }: Pick<OrderRow, 'standing' | 'overdue' | 'ship_by'>, now: number): string | undefined {
  if (standing !== 'to_ship') return undefined;
  const span = Date.parse(ship_by) - now;
  return overdue ? t('orders.overdue_for', { time: duration(-span, locale()) }) : t('row.left', { time: duration(span, locale()) });
}
