import { dayKey } from '@kefu/i18n/time';
import type { CommandResult, Conversation, Entry, Header } from '@kefu/api';

export type Item =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'unread'; key: string }
  | { kind: 'message'; key: string; entry: Entry; mine: boolean }
  | { kind: 'note'; key: string; entry: Entry }
  | { kind: 'line'; key: string; entry: Entry };

const NOTES = new Set(['note_added', 'question_asked', 'question_answered']);
const MESSAGES = new Set(['submitted', 'customer_wrote', 'agent_replied']);

/** The timeline as it is drawn: days, messages, notes and lines about what happened. */
export function timelineItems(entries: readonly Entry[], divider?: number): Item[] {
  const items: Item[] = [];
  let day = '';
  for (const entry of entries) {
    const today = dayKey(entry.at);
    if (today !== day) items.push({ kind: 'day', key: `day ${entry.seq}`, at: entry.at });
    day = today;
    if (entry.seq === divider) items.push({ kind: 'unread', key: 'unread' });
    items.push(item(entry));
  }
  return items;
}

function item(entry: Entry): Item {
  const key = String(entry.seq);
  if (NOTES.has(entry.event) && entry.text !== undefined) return { kind: 'note', key, entry };
  if (MESSAGES.has(entry.event) && entry.text !== undefined) {
    return { kind: 'message', key, entry, mine: entry.by.kind !== 'customer' };
  }
  return { kind: 'line', key, entry };
}

/** Where the divider stands: the first of the customer's messages that no agent has answered yet. */
export function firstUnread(inquiry: Header, entries: readonly Entry[]): number | undefined {
  if (!inquiry.unread) return undefined;
  const answered = entries.findLastIndex(({ event }) => event === 'agent_replied');
  const first = entries.slice(answered + 1).find(({ event }) => event === 'customer_wrote' || event === 'submitted');
  return answered < 0 ? undefined : first?.seq;
}

function bySeq(a: readonly Entry[], b: readonly Entry[]): Entry[] {
  const all = new Map([...a, ...b].map((entry) => [entry.seq, entry]));
  return [...all.values()].toSorted((x, y) => x.seq - y.seq);
}

/** A newly read conversation, with the older pages that were loaded before. */
export function refreshed(held: Conversation | undefined, fresh: Conversation): Conversation {
  if (!held || held.inquiry.id !== fresh.inquiry.id) return fresh;
  const [oldest, newest] = [fresh.timeline[0]?.seq ?? 0, held.timeline.at(-1)?.seq ?? 0];
  const gap = fresh.older && newest < oldest - 1;
  if (gap) return fresh;
  const older = (held.timeline[0]?.seq ?? 0) < oldest ? held.older : fresh.older;
  const inquiry = fresh.inquiry.version >= held.inquiry.version ? fresh.inquiry : held.inquiry;
  return { ...fresh, inquiry, older, timeline: bySeq(held.timeline, fresh.timeline) };
}

/** With an older page in front. */
export function withOlder(held: Conversation, page: Conversation): Conversation {
  return { ...held, older: page.older, timeline: bySeq(page.timeline, held.timeline) };
}

/** With a command's result at its end. */
export function withResult(held: Conversation | undefined, result: CommandResult): Conversation | undefined {
  if (!held) return held;
  if (result.inquiry.version < held.inquiry.version) return held;
  return { ...held, inquiry: result.inquiry, timeline: bySeq(held.timeline, result.entries) };
}
