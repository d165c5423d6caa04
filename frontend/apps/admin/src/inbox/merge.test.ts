import type { Row } from '@kefu/api';
import { describe, expect, it } from 'vitest';
import { belongs, isExpiring } from './membership';
import { mergeHead } from './merge';

const row = (id: string, part: Partial<Row> = {}): Row => ({
  id,
  version: 1,
  customer: '王小明',
  subject: id,
  status: 'awaiting_reply',
  category: 'order',
  priority: 'important',
  last_message_at: '2026-11-22T00:00:00Z',
  ...part,
});
const rows = (...ids: string[]) => ids.map((id) => row(id));
const ids = (list: Row[]) => list.map(({ id }) => id).join('');

describe('mergeHead', () => {
  it('changes nothing and keeps each object where nothing changed', () => {
    const held = rows('a', 'b');
    const merged = mergeHead(held, { rows: rows('a', 'b'), complete: true });
    expect(merged.pending).toBe(0);
    expect(merged.rows[0]).toBe(held[0]);
  });

  it('updates a row where it stands, unread marks included', () => {
    const merged = mergeHead(rows('a', 'b'), { rows: [row('a'), row('b', { unread: true })], complete: true });
    expect(merged).toMatchObject({ pending: 0, rows: [{ id: 'a' }, { id: 'b', unread: true }] });
  });

  it('never goes back to an older version', () => {
    const held = [row('a', { version: 5 })];
    expect(mergeHead(held, { rows: [row('a', { version: 4 })], complete: true }).rows[0]?.version).toBe(5);
  });

  it('counts arrivals without inserting them', () => {
    const merged = mergeHead(rows('a', 'b'), { rows: rows('n', 'a', 'b'), complete: true });
    expect(ids(merged.rows)).toBe('ab');
    expect(merged.pending).toBe(1);
  });

  it('does not take rows pushed to the next page for gone', () => {
    expect(mergeHead(rows('a', 'b', 'c'), { rows: rows('n', 'a', 'b'), complete: false }).pending).toBe(1);
  });

  it('counts departures, but not the one being read', () => {
    const head = { rows: rows('a'), complete: true };
    expect(mergeHead(rows('a', 'b'), head).pending).toBe(1);
    expect(mergeHead(rows('a', 'b'), head, new Set(['b'])).pending).toBe(0);
  });

  it('counts a move once', () => {
    const head = { rows: [row('c', { version: 2 }), row('a'), row('b')], complete: true };
    const merged = mergeHead(rows('a', 'b', 'c'), head);
    expect(ids(merged.rows)).toBe('abc');
    expect(merged.pending).toBe(1);
  });

  it('leaves rows beyond the polled page alone', () => {
    const merged = mergeHead(rows('a', 'b', 'c', 'd'), { rows: rows('a', 'b'), complete: false });
    expect(merged.pending).toBe(0);
    expect(ids(merged.rows)).toBe('abcd');
  });
});

describe('belongs', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  const mine = row('a', { assignee: 'mia', waiting_since: '2026-11-22T00:00:00Z' });

  it('follows status, assignee and filter', () => {
    expect(belongs(mine, { list: 'mine' }, 'mia', now)).toBe(true);
    expect(belongs(mine, { list: 'mine' }, 'leo', now)).toBe(false);
    expect(belongs(mine, { list: 'unassigned' }, 'mia', now)).toBe(false);
    expect(belongs({ ...mine, status: 'replied' }, { list: 'mine' }, 'mia', now)).toBe(false);
    expect(belongs({ ...mine, status: 'replied' }, { list: 'history' }, 'mia', now)).toBe(true);
    expect(belongs(mine, { list: 'mine', filter: 'flagged' }, 'mia', now)).toBe(false);
    expect(belongs(mine, { list: 'mine', tag: 'vip' }, 'mia', now)).toBe(false);
  });

  it('expires after more than 20 hours', () => {
    expect(isExpiring(mine, now)).toBe(false);
    expect(isExpiring(mine, now + 9 * 3_600_000)).toBe(true);
  });
});
