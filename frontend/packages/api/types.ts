/** The API's shapes under the names that the sites use. */
import type { Order, OrderEvent } from './orders-types';

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

export type ListName = 'mine' | 'unassigned' | 'asked' | 'all' | 'absent' | 'history';
export type ListFilter = 'unread' | 'unreplied' | 'expiring' | 'overdue' | 'flagged' | 'snoozed' | 'question';
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
  snoozed_until?: string;
  overdue?: boolean;
  question?: boolean;
  forgotten?: boolean;
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
  overdue: number;
  flagged: number;
  /** What the bell has to tell that is new, at most 99. */
  alerts?: number;
  /** Not in a shop with one agent. */
  unassigned?: number;
  all?: number;
};

/** A colleague who is online, and what they look at. */
export type Colleague = { agent: string; viewing?: string; typing?: boolean };

/** The agent's own place in the shop, and who else is here. */
export type Presence = { receiving: boolean; load: number; capacity: number; colleagues: Colleague[] };

export type Beat = { tab: string; viewing?: string; typing?: boolean };

export type ShopCounts = { id: string; unread: number; queueing: number };

export type ListPage = {
  inquiries: Row[];
  next?: string;
  counts?: Counts;
  presence?: Presence;
  shops?: ShopCounts[];
};

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
  shops?: boolean;
  tab?: string;
  viewing?: string;
  typing?: boolean;
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
  overdue: boolean;
  expires_at?: string;
  snoozed_until?: string;
  forgotten: boolean;
  questions: Question[];
  last_message_at: string;
  answered: boolean;
  ended?: { reason: EndReason; detail?: string; at: string };
  locks_at?: string;
  locked: boolean;
  follows?: string;
  merged_into?: string;
  rating?: { rating: Rating; comment?: string; at: string };
};

/** A question to a colleague or a department that stands open. */
export type Question = {
  question: number;
  by: string;
  to_agent?: string;
  to_department?: string;
  at: string;
  text: string;
};

export type Alarm =
  | 'overdue'
  | 'expiring'
  | 'unanswered_1_day'
  | 'unanswered_5_days'
  | 'unanswered_6_days'
  | 'forgotten'
  | 'snooze_over';

/** Why the system gave an inquiry to an agent. */
export type Routed = {
  because: 'had_it' | 'only_one' | 'on_duty' | 'responsible' | 'knows_customer' | 'least_loaded' | 'longest_without';
  category?: Category;
  load: number;
  capacity: number;
};

/** Why an inquiry changed hands; `reopened`: a customer wrote into one that had ended, and it arrives anew. */
export type HandReason = 'only_agent' | 'taken' | 'by_hand' | 'put_back' | 'replied' | 'agent_left' | 'reopened' | 'routed';

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
  | 'rated'
  | 'raised'
  | 'timed_out'
  | 'customer_reopened'
  | 'snoozed'
  | 'unsnoozed'
  | 'question_asked'
  | 'question_answered'
  | 'order';

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
  /** Why it ended, or why it changed hands. */
  reason?: EndReason | HandReason;
  detail?: string;
  alarm?: Alarm;
  until?: string;
  to_agent?: string;
  to_department?: string;
  question?: number;
  routed?: Routed;
  inquiry?: string;
  rating?: Rating;
  tags?: string[];
  /** The order that something happened to, and what. */
  order?: string;
  order_event?: OrderEvent;
  mail?: { state: 'queued' | 'sent' | 'failed' | 'dropped'; at: string };
};

export type Conversation = {
  inquiry: Header;
  timeline: Entry[];
  older: boolean;
  merged: { inquiry: Header; timeline: Entry[] }[];
};

export type CommandResult = { inquiry: Header; entries: Entry[]; warnings?: Warning[] };

/** What the giver of an inquiry should know of whom they gave it to. */
export type Warning = 'offline' | 'not_receiving' | 'full';

export type Member = { id: string; nickname: string; role: Role; service: boolean; avatar?: string };

export type Day = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';

/** A span of a day in the shop's time: `09:00` to `24:00` at the latest. */
export type Span = { day: Day; from: string; to: string };

/** An agent as colleagues see them. */
export type Agent = {
  id: string;
  nickname: string;
  role: Role;
  avatar?: string;
  online: boolean;
  receiving: boolean;
  load: number;
  capacity: number;
  categories: Category[];
  shifts: Span[];
  on_duty?: boolean;
  viewing?: string;
  typing?: boolean;
};

export type Agents = { agents: Agent[]; uncovered: Span[] };

export type DeskChange = { capacity?: number; categories?: Category[]; shifts?: Span[] };

export type Department = { name: string; agents: string[] };

export type ServiceSettings = {
  reply_clock: 'wall' | 'business';
  business_hours: Span[];
  holidays: string[];
  duty_required: boolean;
  reminder_hours: number;
  departments: Department[];
};

/** What of an order somebody has to look at. */
export type OrderAlert = 'decision_needed' | 'refund_needs_attention' | 'order_cancelled' | 'delay_passed';

export type Alert = {
  id: string;
  kind: Alarm | 'timed_out' | 'question_asked' | 'question_answered' | OrderAlert;
  at: string;
  inquiry: string;
  reference: string;
  customer: string;
  subject: string;
  agent?: string;
  by?: string;
  department?: string;
  new: boolean;
};

export type Alerts = { alerts: Alert[]; next?: string };

export type Profile = {
  nickname: string;
  avatar?: string;
  proposed?: { nickname?: string; avatar?: string; at: string };
  digest: boolean;
};

export type Proposal = { id: string; agent: string; nickname?: string; avatar?: string; at: string };

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
  service_settings: ServiceSettings;
  settings_version: number;
  categories: { id: Category; priority: Priority; reply_within_hours: number }[];
};

export type Session = {
  agent: { id: string; nickname: string };
  shops: { id: string; name: string; role: Role; service: boolean }[];
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
  order?: Order;
};

export type BulkAction =
  | { type: 'close'; reason?: CloseReason; detail?: string }
  | { type: 'assign'; to: string | null }
  | { type: 'tag'; add: string[] };

export type BulkResult = { id: string; inquiry?: Header; problem?: Problem };

/** Command bodies by the last part of their path. */
export type Commands = {
  reply: { text: string; then: Then };
  notes: { text: string; ask?: { agent?: string; department?: string }; answers?: number };
  snooze: { until: string | null };
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

/** Who signs agents in. */
export type SignInConfig = {
  issuer: string;
  client_id: string;
  /** More than `openid`, where the issuer wants it. */
  scope?: string;
  /** What the tokens are for, where the issuer wants to be told. */
  audience?: string;
  /** Where the issuer ends its session, if its discovery does not say. */
  end_session_endpoint?: string;
};

export type SiteConfig = {
  api_base: string;
  sign_in: SignInConfig;
  locales: Locale[];
  clock_offset_seconds: number;
  /** Where an order is shown, with `{shop}` and `{order}` to fill in. */
  order_url?: string;
};
