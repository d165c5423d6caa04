import type { Counts } from '@kefu/api';
import type { Tab } from '../app/route';

export type TabEntry = { tab: Tab; count: number | undefined };

const COUNTED: Record<Tab, keyof Counts | undefined> = {
  active: 'active',
  unread: 'unread',
  unreplied: 'unreplied',
  expiring: 'expiring',
  overdue: 'overdue',
  flagged: 'flagged',
  unassigned: 'unassigned',
  snoozed: undefined,
  asked: undefined,
  absent: undefined,
  history: undefined,
  all: 'all',
};

/** The tabs that this agent sees in this shop, with their counts; history has none. */
export function visibleTabs(counts: Counts | undefined, singleAgent: boolean, supervises: boolean): TabEntry[] {
  const tabs: Tab[] = ['active', 'unread', 'unreplied', 'expiring', 'overdue', 'flagged'];
  if (!singleAgent) tabs.push('unassigned');
  tabs.push('snoozed');
  if (!singleAgent) tabs.push('asked');
  tabs.push('history');
  if (supervises) tabs.push('all');
  if (supervises && !singleAgent) tabs.push('absent');
  return tabs.map((tab) => {
    const name = COUNTED[tab];
    return { tab, count: name ? counts?.[name] : undefined };
  });
}

/** From an empty list, the first other one that has something to do. */
export function nextBusy(tabs: readonly TabEntry[], current: Tab): TabEntry | undefined {
  return tabs.find(({ tab, count }) => tab !== current && count !== undefined && count > 0);
}
