import type { Conversation, Entry, Header } from '@kefu/api';
import { describe, expect, it } from 'vitest';
import { firstUnread, refreshed, timelineItems, withOlder, withResult } from './timeline';

const entry = (seq: number, event: Entry['event'], part: Partial<Entry> = {}): Entry => ({
  seq,
  at: `2026-11-${String(10 + seq).padStart(2, '0')}T04:00:00Z`,
  by: { kind: event === 'agent_replied' ? 'agent' : 'customer' },
  event,
  ...(event.endsWith('ed') && event !== 'agent_replied' ? {} : { text: `text ${seq}` }),
  ...part,
});

const conversation = (version: number, from: number, older = false): Conversation => ({
  inquiry: { id: 'inq_1', version, unread: false } as Header,
  timeline: Array.from({ length: version - from + 1 }, (_, at) => entry(from + at, 'customer_wrote')),
  older,
  merged: [],
});
const seqs = (held: Conversation | undefined) => held?.timeline.map(({ seq }) => seq);

describe('items', () => {
  it('separate days, messages, notes and lines', () => {
    const at = '2026-11-20T04:00:00Z';
    const items = timelineItems(
      [
        entry(1, 'submitted', { at, text: 'hello' }),
        entry(2, 'assigned', { at }),
        entry(3, 'note_added', { at, text: 'psst' }),
        entry(4, 'agent_replied', { at: '2026-11-21T04:00:00Z' }),
      ],
      4,
    );
    expect(items.map(({ kind }) => kind)).toEqual(['day', 'message', 'line', 'note', 'day', 'unread', 'message']);
  });
});

describe('the divider', () => {
  const timeline = [entry(1, 'submitted'), entry(2, 'agent_replied'), entry(3, 'customer_wrote'), entry(4, 'customer_wrote')];

  it('stands before the first unanswered message of an unread inquiry', () => {
    expect(firstUnread({ unread: true } as Header, timeline)).toBe(3);
    expect(firstUnread({ unread: false } as Header, timeline)).toBeUndefined();
  });

  it('is not drawn above the very first message', () => {
    expect(firstUnread({ unread: true } as Header, timeline.slice(0, 1))).toBeUndefined();
  });
});

describe('keeping a conversation up to date', () => {
  it('keeps older pages when the newest is read again', () => {
    const held = withOlder(conversation(4, 3, true), conversation(2, 1));
    expect(seqs(held)).toEqual([1, 2, 3, 4]);
    const next = refreshed(held, conversation(5, 4, true));
    expect(seqs(next)).toEqual([1, 2, 3, 4, 5]);
    expect(next.older).toBe(false);
  });

  it('starts over where messages in between are unknown', () => {
    expect(seqs(refreshed(conversation(2, 1), conversation(9, 6, true)))).toEqual([6, 7, 8, 9]);
  });

  it('adds what a command wrote, and ignores an older answer', () => {
    const held = conversation(2, 1);
    const result = { inquiry: { ...held.inquiry, version: 3 }, entries: [entry(3, 'agent_replied')] };
    expect(seqs(withResult(held, result))).toEqual([1, 2, 3]);
    const old = { inquiry: { ...held.inquiry, version: 1 }, entries: [] };
    expect(withResult(held, old)).toBe(held);
  });
});
