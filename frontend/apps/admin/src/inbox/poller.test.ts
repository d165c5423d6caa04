import { describe, expect, it } from 'vitest';
import { HIDDEN_MS, VISIBLE_MS, turnOf } from './poller';

const LEASE_MS = 60_000;
const turns = (unwatched: boolean, hidden: boolean) => Array.from({ length: 12 }, (_, count) => turnOf(count, unwatched, hidden));

describe('the turns of the poll', () => {
  it('ask for the list alone where it tells of the open conversation, or the page is hidden', () => {
    expect(turns(false, false)).not.toContain('conversation');
    expect(turns(true, true)).not.toContain('conversation');
  });

  it('look at a conversation that the list does not show every third time', () => {
    expect(turns(true, false).slice(0, 6)).toEqual(['list', 'list', 'conversation', 'list', 'list', 'conversation']);
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
