import type { Counts } from '@kefu/api';

type Seen = Pick<Counts, 'unread' | 'alerts' | 'active'>;

export type Noticed = 'unread' | 'alerts' | 'assigned';

/** What a poll brought that a person who looks elsewhere should hear of; one thing a poll at most. */
export function noticed(before: Seen | undefined, now: Seen | undefined): Noticed | undefined {
  if (!before || !now) return undefined;
  if ((now.alerts ?? 0) > (before.alerts ?? 0)) return 'alerts';
  if (now.unread > before.unread) return now.active > before.active ? 'assigned' : 'unread';
  return undefined;
}
