import { describe, expect, it } from 'vitest';
import { HIDDEN_MS, VISIBLE_MS, turnOf } from './poller';

const LEASE_MS = 60_000;
const turns = (unwatched: boolean, hidden: boolean) => Array.from({ length: 12 }, (_, count) => turnOf(count, unwatched, hidden));

describe('the turns of the poll', () => {
  it('ask for the list alone where it tells of the open conversation, or the page is hidden', () => {
    expect(turns(false, false)).not.toContain('page');
    expect(new Set(turns(true, true))).toEqual(new Set(['list']));
  });

  it('look at a page that the list does not tell of every third time, and at the refunds once a minute', () => {
    expect(turns(true, false).slice(0, 6)).toEqual(['list', 'list', 'page', 'list', 'refunds', 'page']);
  });

  it('never leave the list, which says that the person is here, for half a lease', () => {
    const asked = turns(true, false).flatMap((turn, at) => (turn === 'list' ? [at] : []));
    const gaps = asked.slice(1).map((at, place) => (at - (asked[place] ?? 0)) * VISIBLE_MS);
    expect(2 * Math.max(...gaps)).toBeLessThanOrEqual(LEASE_MS);
  });

  it('stay within six requests a minute, three while hidden', () => {
    expect(60_000 / VISIBLE_MS).toBeLessThanOrEqual(6);
    expect(60_000 / HIDDEN_MS).toBeLessThanOrEqual(3);
  });

  it('say often enough that the person is here, even when one beat is lost', () => {
    expect(2 * HIDDEN_MS).toBeLessThan(LEASE_MS);
    expect(2 * 2 * VISIBLE_MS).toBeLessThan(LEASE_MS);
  });
});
