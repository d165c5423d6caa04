import type { Counts } from '@kefu/api';
import { describe, expect, it } from 'vitest';
import { nextBusy, visibleTabs } from './tabs';

const counts: Counts = { active: 4, unread: 0, unreplied: 2, expiring: 0, overdue: 1, flagged: 0, unassigned: 3, all: 9 };
const names = (single: boolean, supervises: boolean) => visibleTabs(counts, single, supervises).map(({ tab }) => tab);

describe('the tabs', () => {
  it('leave out what makes no sense with one agent, for its owner too', () => {
    for (const supervises of [false, true]) {
      const shown = names(true, supervises);
      for (const hidden of ['unassigned', 'question', 'asked', 'absent']) expect(shown).not.toContain(hidden);
      expect(shown).toContain('snoozed');
    }
  });

  it('show what is of everybody to supervisors alone, side by side', () => {
    expect(names(false, false)).not.toContain('all');
    expect(names(false, false)).not.toContain('absent');
    expect(names(false, true).slice(-2)).toEqual(['all', 'absent']);
  });

  it('have counts where the API counts', () => {
    const known = Object.fromEntries(visibleTabs(counts, false, true).map(({ tab, count }) => [tab, count]));
    expect(known).toMatchObject({ active: 4, overdue: 1, unassigned: 3, all: 9 });
    expect(known['history']).toBeUndefined();
    expect(known['snoozed']).toBeUndefined();
  });

  it('stay where they are while nothing is counted yet', () => {
    expect(visibleTabs(undefined, false, true).map(({ tab }) => tab)).toEqual(names(false, true));
  });

  it('lead from an empty list to one with something to do', () => {
    const tabs = visibleTabs(counts, false, false);
    expect(nextBusy(tabs, 'unread')?.tab).toBe('active');
    expect(nextBusy(tabs, 'active')?.tab).toBe('unreplied');
  });
});
