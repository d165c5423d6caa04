import type { Header, ListQuery, Row } from '@kefu/api';

export const EXPIRING_AFTER_MS = 20 * 60 * 60 * 1000;

/** A list row as an inquiry's header makes it; the preview is not part of a header and stays. */
export function toRow(header: Header, old?: Row): Row {
  const row: Row = {
    id: header.id,
    version: header.version,
    customer: header.customer.name,
    subject: header.subject,
    status: header.status,
    category: header.category,
    priority: header.priority,
    last_message_at: header.last_message_at,
    tags: header.tags,
  };
  if (old?.preview) row.preview = old.preview;
  if (header.unread) row.unread = true;
  if (header.waiting_since) row.waiting_since = header.waiting_since;
  if (header.overdue) row.overdue = true;
  if (header.snoozed_until) row.snoozed_until = header.snoozed_until;
  if (header.questions.length > 0) row.question = true;
  if (header.forgotten) row.forgotten = true;
  if (header.flag) row.flag = header.flag;
  if (header.order) row.order = header.order;
  if (header.assignee) row.assignee = header.assignee;
  if (header.ended) row.ended = header.ended.reason;
  return row;
}

/** Whether an inquiry that the agent just changed stays in the list. The next poll has the last word. */
export function belongs(row: Row, query: ListQuery, me: string, now: number): boolean {
  const active = row.status !== 'replied';
  if (query.list === 'history' ? active : !active) return false;
  if (query.list === 'mine' && row.assignee !== me) return false;
  if (query.list === 'unassigned' && row.assignee) return false;
  if (query.filter === 'unread' && !row.unread) return false;
  if (query.filter === 'unreplied' && !row.waiting_since) return false;
  if (query.filter === 'flagged' && !row.flag) return false;
  if (query.filter === 'expiring' && !isExpiring(row, now)) return false;
  if (query.filter === 'overdue' && !row.overdue) return false;
  if (query.filter === 'question' && !row.question) return false;
  const aside = isAside(row, now);
  if (query.filter === 'snoozed' && !aside) return false;
  if (query.list === 'mine' && !query.filter && aside && !row.overdue && !row.forgotten) return false;
  return (
    (!query.category || query.category === row.category) &&
    (!query.priority || query.priority === row.priority) &&
    (!query.status || query.status === row.status) &&
    (!query.agent || query.agent === row.assignee) &&
    (!query.tag || (row.tags ?? []).includes(query.tag))
  );
}

/** Put aside until a time that is not yet there. */
export function isAside(row: Pick<Row, 'snoozed_until'>, now: number): boolean {
  return row.snoozed_until !== undefined && Date.parse(row.snoozed_until) > now;
}

/** Unreplied for more than 20 hours. */
export function isExpiring(row: Pick<Row, 'waiting_since'>, now: number): boolean {
  return row.waiting_since !== undefined && now - Date.parse(row.waiting_since) > EXPIRING_AFTER_MS;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** How long until an inquiry that is about to expire has waited a whole day; nothing once it has. */
export function timeLeft(row: Pick<Row, 'waiting_since'>, now: number): number | undefined {
  if (!isExpiring(row, now) || row.waiting_since === undefined) return undefined;
  const left = Date.parse(row.waiting_since) + DAY_MS - now;
  return left > 0 ? left : undefined;
}
