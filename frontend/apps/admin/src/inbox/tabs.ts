import type { Counts } from '@kefu/api';
import type { Tab } from '../app/route';

export type TabEntry = { tab: Tab; count: number | undefined; /** Drawn small, under those to work through. */ aside: boolean };

const COUNTED: Partial<Record<Tab, keyof Counts>> = {
  active: 'active',
  unread: 'unread',
  unreplied: 'unreplied',
  expiring: 'expiring',
  overdue: 'overdue',
  flagged: 'flagged',
  unassigned: 'unassigned',
  all: 'all',
};

/** The tabs that this agent sees in this shop, with their counts. Nobody can be asked or be absent where there is one agent. */
export function visibleTabs(counts: Counts | undefined, singleAgent: boolean, supervises: boolean): TabEntry[] {
  const entry = (aside: boolean) => (tab: Tab): TabEntry => {
    const name = COUNTED[tab];
    return { tab, count: name && counts?.[name], aside };
  };
  const work: Tab[] = ['active', 'unread', 'unreplied', 'expiring', 'overdue', 'flagged'];
  if (!singleAgent) work.push('unassigned');
  const others: Tab[] = singleAgent ? ['snoozed', 'history'] : ['snoozed', 'question', 'asked', 'history'];
  if (supervises) others.push('all');
  if (supervises && !singleAgent) others.push('absent');
  return [...work.map(entry(false)), ...others.map(entry(true))];
}

/** From an empty list, the first other one that has something to do. */
export function nextBusy(tabs: readonly TabEntry[], current: Tab): TabEntry | undefined {
  return tabs.find(({ tab, count }) => tab !== current && count !== undefined && count > 0);
}
