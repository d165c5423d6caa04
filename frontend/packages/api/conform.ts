/**
 * Holds the names in types.ts to the API's own description: this file fails to compile where the two disagree.
 * The description leaves some closed sets of words open and allows null where a field is simply absent;
 * types.ts says both more narrowly.
 */
import type { components } from './schema';
import type * as app from './types';

type Schemas = components['schemas'];

/** A word whose description is attached to it by an intersection. */
type Word<T> = T extends (infer Bare extends string) & Record<string, never> ? Bare : T;

/** The description without its nulls. */
type Present<T> = T extends string
  ? Word<T>
  : T extends (infer Item)[]
    ? Present<Item>[]
    : T extends object
      ? { [Key in keyof T]: Present<Exclude<T[Key], null>> }
      : T;

/** Every field of ours is described, and what we expect is something that may be sent. */
type Fits<Ours, Described> = [keyof Ours] extends [keyof Described]
  ? [Ours] extends [Present<Described>]
    ? true
    : { differs: Ours; described: Present<Described> }
  : { undescribed: Exclude<keyof Ours, keyof Described> };

/** What `AgentApi.list` fills in where the API leaves it out. */
type Filled = 'last_message_at';

/** What the description of orders brings with it; until then it stands in orders-types.ts alone. */
type OfOrders = 'order' | 'order_event';

/** What we send is what may be sent. */
type Sends<Ours, Described> = [keyof Ours] extends [keyof Described]
  ? [Ours] extends [Described]
    ? true
    : { differs: Ours; described: Described }
  : { undescribed: Exclude<keyof Ours, keyof Described> };

export const conforms: {
  row: Fits<Omit<app.Row, Filled>, Omit<Schemas['InquiryRow'], Filled>>;
  counts: Fits<app.Counts, Schemas['Counts']>;
  presence: Fits<app.Presence, Schemas['Presence']>;
  shopCounts: Fits<app.ShopCounts, Schemas['ShopCounts']>;
  agent: Fits<app.Agent, Schemas['Agent']>;
  settings: Fits<app.ServiceSettings, Schemas['ServiceSettings']>;
  alert: Fits<app.Alert, Schemas['Alert']>;
  profile: Fits<app.Profile, Schemas['Profile']>;
  proposal: Fits<app.Proposal, Schemas['Proposal']>;
  question: Fits<app.Question, Schemas['Question']>;
  desk: Sends<app.DeskChange, Schemas['UpdateDesk']>;
  snooze: Sends<app.Commands['snooze'], Schemas['SnoozeInquiry']>;
  header: Fits<app.Header, Schemas['Inquiry']>;
  customer: Fits<app.Customer, Schemas['Customer']>;
  entry: Fits<Omit<app.Entry, OfOrders>, Schemas['Entry']>;
  conversation: Fits<app.Conversation, Schemas['OpenedInquiry']>;
  changed: Fits<Omit<app.CommandResult, 'warnings'>, Schemas['Changed']>;
  session: Fits<app.Session, Schemas['Session']>;
  shop: Fits<app.Shop, Schemas['ShopProfile']>;
  member: Fits<app.Member, Schemas['ShopMember']>;
  reply: Sends<app.Commands['reply'], Schemas['ReplyToInquiry']>;
  note: Sends<app.Commands['notes'], Schemas['AddNote']>;
  assign: Sends<app.Commands['assign'], Schemas['AssignInquiry']>;
  close: Sends<app.Commands['close'], Schemas['CloseInquiry']>;
  label: Sends<app.Commands['label'], Schemas['LabelInquiry']>;
  merge: Sends<app.Commands['merge'], Schemas['MergeInquiry']>;
  bulk: Fits<Omit<app.BulkResult, 'problem'>, Omit<Schemas['BulkResult'], 'problem'>>;
} = {
  row: true,
  counts: true,
  presence: true,
  shopCounts: true,
  agent: true,
  settings: true,
  alert: true,
  profile: true,
  proposal: true,
  question: true,
  desk: true,
  snooze: true,
  header: true,
  customer: true,
  entry: true,
  conversation: true,
  changed: true,
  session: true,
  shop: true,
  member: true,
  reply: true,
  note: true,
  assign: true,
  close: true,
  label: true,
  merge: true,
  bulk: true,
};
