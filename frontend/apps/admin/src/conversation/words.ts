import { type Category, type EndReason, type Entry, type Priority, type Routed, orderEntryOf } from '@kefu/api';
import { exactTime } from '@kefu/i18n/time';
import { locale, t } from '../app/i18n.svelte';
import { orderLine } from '../orders/lines';

type Names = (agent: string | undefined) => string;

/** Who did it, in the reader's language. */
export function actor({ by }: Pick<Entry, 'by'>, names: Names): string {
  if (by.kind === 'agent') return names(by.id) || by.name || t('field.agent');
  if (by.kind === 'bot') return by.name ?? t('conv.bot');
  if (by.kind === 'system') return t('conv.system');
  return by.name ?? t('conv.customer');
}

/** One line about an entry that is neither a message nor a note. */
export function lineText(entry: Entry, names: Names): string {
  const who = actor(entry, names);
  switch (entry.event) {
    case 'order':
      return orderText(entry, who);
    case 'assigned':
      return assignedText(entry, who, names);
    case 'closed':
      if (entry.reason === 'timeout') return timeoutText(entry);
      return t('line.closed', { who, reason: t(`ended.${(entry.reason as EndReason | undefined) ?? 'resolved'}`) });
    case 'flagged':
      if (!entry.to || entry.to === 'none') return t('line.unflagged', { who });
      return t('line.flagged', { who, to: t(`flag.${entry.to as 'red'}`) });
    case 'tagged':
      return t('line.tagged', { who, tags: (entry.tags ?? []).map((tag) => `#${tag}`).join(' ') || '–' });
    case 'recategorized':
      return t('line.recategorized', { who, from: category(entry.from), to: category(entry.to) });
    case 'reprioritized':
      return t('line.reprioritized', { who, from: priority(entry.from), to: priority(entry.to) });
    case 'rated':
      return t('line.rated', { who, rating: entry.rating ? t(`rating.${entry.rating}`) : '' });
    case 'merged':
    case 'absorbed':
    case 'released':
      return t(`line.${entry.event}`, { who, inquiry: entry.inquiry ?? '' });
    case 'raised':
      return t(`alarm.${entry.alarm ?? 'overdue'}`);
    case 'timed_out':
      return timeoutText(entry);
    case 'snoozed':
      return t('line.snoozed', { who, time: entry.until ? exactTime(entry.until, locale()) : '' });
    case 'question_asked':
      return t('line.question_asked', { who, to: entry.to_department ?? names(entry.to_agent) });
    case 'submitted':
    case 'customer_wrote':
    case 'agent_replied':
    case 'note_added':
      return t('line.submitted', { who });
    default:
      return t(`line.${entry.event}`, { who });
  }
}

function orderText(entry: Entry, who: string): string {
  const told = orderEntryOf(entry);
  return told ? t('order.told', { order: told.order, what: orderLine(told.entry, who) }) : '';
}

function timeoutText({ at }: Entry): string {
  return t('line.timeout', { date: exactTime(at, locale()) });
}

function assignedText(entry: Entry, who: string, names: Names): string {
  const { from, to, reason } = entry;
  if (entry.routed && to) return routedText(entry.routed, names(to));
  if (reason === 'reopened') return t('line.arrived_anew', { from: names(from) });
  if (reason === 'agent_left') return t('line.agent_left', { from: names(from) });
  if (reason === 'only_agent' && to) return t('line.only_agent', { to: names(to) });
  if (!to) return t('line.put_back', { who });
  if (entry.by.id === to) return t(reason === 'replied' ? 'line.taken_by_reply' : 'line.taken', { who });
  if (from) return t('line.assigned_from', { who, from: names(from), to: names(to) });
  return t('line.assigned', { who, to: names(to) });
}

/** Why the system gave it to somebody: 「系統分配給 小米：負責 付款問題（3/10）」. */
function routedText(routed: Routed, to: string): string {
  const because = routed.because === 'only_one' ? 'alone' : routed.because;
  const why = t(`routed.${because}`, { category: category(routed.category) });
  return t('line.routed', { to, why, load: routed.load, capacity: routed.capacity });
}

function category(value: string | undefined): string {
  return value ? t(`category.${value as Category}`) : '';
}

function priority(value: string | undefined): string {
  return value ? t(`priority.${value as Priority}`) : '';
}
