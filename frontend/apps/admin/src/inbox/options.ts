import type { Category, CloseReason, Flag, Priority, Source, Status } from '@kefu/api';

export const STATUSES: Status[] = ['awaiting_reply', 'in_conversation', 'replied'];
export const PRIORITIES: Priority[] = ['urgent', 'important', 'general'];
export const SOURCES: Source[] = ['contact_form', 'order', 'product'];
export const FLAGS: Flag[] = ['red', 'orange', 'yellow', 'green', 'blue', 'purple'];
export const CLOSE_REASONS: CloseReason[] = ['duplicate', 'settled_by_phone', 'feedback_only', 'test', 'spam', 'other'];
export const CATEGORIES: Category[] = [
  'order_anomaly',
  'payment',
  'order',
  'logistics',
  'return_exchange',
  'refund',
  'complaint',
  'product',
  'warranty',
  'technical',
  'promotion',
  'suggestion',
  'other',
];
