/** The API's shapes under the names that the sites use. */
export type Status = 'awaiting_reply' | 'in_conversation' | 'replied';
export type Source = 'contact_form' | 'order' | 'product';
export type Priority = 'urgent' | 'important' | 'general';
export type Flag = 'red' | 'orange' | 'yellow' | 'green' | 'blue' | 'purple';
export type Role = 'agent' | 'supervisor' | 'owner';
export type Locale = 'zh-Hant' | 'zh-Hans' | 'en';
export type Rating = 'very_satisfied' | 'satisfied' | 'neutral' | 'dissatisfied' | 'very_dissatisfied';
export type Category =
  | 'order_anomaly'
  | 'payment'
  | 'order'
  | 'logistics'
  | 'return_exchange'
  | 'refund'
  | 'complaint'
  | 'product'
  | 'warranty'
  | 'technical'
  | 'promotion'
  | 'suggestion'
  | 'other';
export type CloseReason = 'duplicate' | 'settled_by_phone' | 'feedback_only' | 'test' | 'spam' | 'other';
export type EndReason = CloseReason | 'answered' | 'resolved' | 'timeout' | 'customer';

export type ListName = 'mine' | 'unassigned' | 'all' | 'history';
export type ListFilter = 'unread' | 'unreplied' | 'expiring' | 'flagged';
export type Sort = 'waiting' | 'latest';

export type Row = {
  id: string;
  version: number;
  customer: string;
  subject: string;
  preview?: string;
  status: Status;
  category: Category;
  priority: Priority;
  waiting_since?: string;
  last_message_at: string;
  unread?: boolean;
  flag?: Flag;
  tags?: string[];
  order?: string;
  assignee?: string;
  ended?: EndReason;
};

export type Counts = {
  active: number;
  unread: number;
  unreplied: number;
  expiring: number;
  flagged: number;
  /** Not in a shop with one agent. */
  unassigned?: number;
  all?: number;
};

export type ListPage = { inquiries: Row[]; next?: string; counts?: Counts };

export type ListQuery = {
  list: ListName;
  filter?: ListFilter;
  category?: Category;
  priority?: Priority;
  status?: Status;
  source?: Source;
  agent?: string;
  tag?: string;
  from?: string;
  to?: string;
  sort?: Sort;
  limit?: number;
  cursor?: string;
  counts?: boolean;
};

export type Customer = { kind: 'member' | 'guest'; name: string; email: string; phone?: string };
export type Evidence = { error_text?: string; browser?: string; time?: string };

export type Header = {
  id: string;
  reference: string;
  version: number;
  status: Status;
  source: Source;
  category: Category;
  priority: Priority;
  subject: string;
  order?: string;
  product?: string;
  product_title?: string;
  locale: Locale;
  evidence?: Evidence;
  customer: Customer;
  assignee?: string;
  unread: boolean;
  flag?: Flag;
  tags: string[];
  opened_at: string;
  waiting_since?: string;
  reply_due_at?: string;
  last_message_at: string;
  answered: boolean;
  ended?: { reason: EndReason; detail?: string; at: string };
  locks_at?: string;
  locked: boolean;
  follows?: string;
  merged_into?: string;
  rating?: { rating: Rating; comment?: string; at: string };
};

export type EventName =
  | 'submitted'
  | 'confirmed'
  | 'customer_wrote'
  | 'agent_replied'
  | 'note_added'
  | 'assigned'
  | 'closed'
  | 'settled'
  | 'reopened'
  | 'flagged'
  | 'tagged'
  | 'recategorized'
  | 'reprioritized'
  | 'merged'
  | 'absorbed'
  | 'unmerged'
  | 'released'
  | 'rated';

export type Then = 'keep_open' | 'done';

export type Entry = {
  seq: number;
  at: string;
  by: { kind: 'customer' | 'agent' | 'system' | 'bot'; id?: string; name?: string };
  event: EventName;
  text?: string;
  then?: Then;
  from?: string;
  to?: string;
  note?: string;
  reason?: EndReason;
  detail?: string;
  inquiry?: string;
  rating?: Rating;
  tags?: string[];
  mail?: { state: 'queued' | 'sent' | 'failed'; at: string };
};

export type Conversation = {
  inquiry: Header;
  timeline: Entry[];
  older: boolean;
  merged: { inquiry: Header; timeline: Entry[] }[];
};

export type CommandResult = { inquiry: Header; entries: Entry[] };

export type Member = { id: string; nickname: string; role: Role; service: boolean };

export type Shop = {
  id: string;
  name: string;
  market: string;
  locale: Locale;
  time_zone: string;
  currency: string;
  phone?: string;
  email?: string;
  single_agent: boolean;
  me: { id: string; role: Role; service: boolean };
  agents: Member[];
  categories: { id: Category; priority: Priority; reply_within_hours: number }[];
};

export type Session = {
  agent: { id: string; nickname: string };
  shops: { id: string; name: string; role: Role; service: boolean }[];
};

export type LocalAgent = {
  id: string;
  nickname: string;
  shops: { id: string; name: string; role: Role }[];
};

export type Problem = {
  type: string;
  title: string;
  status: number;
  detail?: string;
  code: string;
  fields?: { field: string; code: string; detail: string }[];
  request_id?: string;
  current?: Header;
  entries?: Entry[];
};

export type BulkAction =
  | { type: 'close'; reason?: CloseReason; detail?: string }
  | { type: 'assign'; to: string | null }
  | { type: 'tag'; add: string[] };

export type BulkResult = { id: string; inquiry?: Header; problem?: Problem };

/** Command bodies by the last part of their path. */
export type Commands = {
  reply: { text: string; then: Then };
  notes: { text: string };
  assign: { to: string | null; note?: string };
  close: { reason?: CloseReason; detail?: string };
  reopen: Record<string, never>;
  label: {
    category?: Category;
    priority?: Priority;
    flag?: Flag | 'none';
    add_tags?: string[];
    remove_tags?: string[];
    unread?: boolean;
  };
  merge: { into: string };
  unmerge: Record<string, never>;
};

export type CommandName = keyof Commands;

export type SiteConfig = {
  api_base: string;
  sign_in: { kind: string };
  locales: Locale[];
  clock_offset_seconds: number;
  /** Where an order is shown, with `{shop}` and `{order}` to fill in. */
  order_url?: string;
};
