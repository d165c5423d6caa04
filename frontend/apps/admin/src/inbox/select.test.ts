import { expect, it } from 'vitest';
import type { Counts } from '@kefu/api';
import { BULK_LIMIT, pickRange } from './select';
import { nextBusy, visibleTabs } from './tabs';

const ids = ['a', 'b', 'c', 'd'];

it('picks one row, and lets it go again', () => {
  const selected = new Set<string>();
  pickRange(selected, ids, 'b');
  expect([...selected]).toEqual(['b']);
  pickRange(selected, ids, 'b');
  expect(selected.size).toBe(0);
});

it('picks a range in either direction', () => {
  const selected = new Set(['d']);
  pickRange(selected, ids, 'b', 'd');
  expect([...selected].toSorted()).toEqual(['b', 'c', 'd']);
});

it('stops at the limit of one bulk action', () => {
  const many = Array.from({ length: 80 }, (_, at) => String(at));
  const selected = new Set(['0']);
  pickRange(selected, many, '79', '0');
  expect(selected.size).toBe(BULK_LIMIT);
});

const counts: Counts = { active: 0, unread: 0, unreplied: 2, expiring: 0, overdue: 0, flagged: 0, unassigned: 7 };

it('hides the unassigned list in a shop with one agent, and the whole list from agents', () => {
  expect(visibleTabs(counts, true, false).map(({ tab }) => tab)).not.toContain('unassigned');
  expect(visibleTabs(counts, false, true).map(({ tab }) => tab)).toContain('all');
  expect(visibleTabs(counts, false, false).find(({ tab }) => tab === 'history')?.count).toBeUndefined();
});

it('finds the next list with something to do', () => {
  expect(nextBusy(visibleTabs(counts, false, false), 'unreplied')?.tab).toBe('unassigned');
  expect(nextBusy(visibleTabs(undefined, false, false), 'active')).toBeUndefined();
});
