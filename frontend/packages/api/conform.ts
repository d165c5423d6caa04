/**
 * Holds the names in types.ts and orders-types.ts to the API's own description: this file fails to compile where they
 * disagree. The description leaves some closed sets of words open and allows null where a field is simply absent;
 * our types say both more narrowly.
 */
import type * as orders from './orders-types';
import type { components } from './schema';
import type * as app from './types';

type Schemas = components['schemas'];

/** A word whose description is attached to it by an intersection. */
type Word<T> = T extends (infer Bare extends string) & Record<string, never> ? Bare : T;

/** What an answer may leave out: the description says so by a question mark, or by null. */
type Optional<T> = { [Key in keyof T]-?: undefined extends T[Key] ? Key : null extends T[Key] ? Key : never }[keyof T];

/** The description without its nulls. */
type Present<T> = T extends string
  ? Word<T>
  : T extends (infer Item)[]
    ? Present<Item>[]
    : T extends object
      ? { [Key in Exclude<keyof T, Optional<T>>]: Present<T[Key]> } & { [Key in Optional<T>]?: Present<NonNullable<T[Key]>> }
      : T;

/** Which fields there are, whatever is in them. */
type Shape<T> = T extends string
  ? 'value'
  : T extends (infer Item)[]
    ? Shape<Item>[]
    : T extends object
      ? { [Key in keyof T]: Shape<T[Key]> }
      : 'value';

/** Every field of ours is described and there when we count on it, and what we expect is something that may be sent. */
type Fits<Ours, Described> = [keyof Ours] extends [keyof Described]
  ? [Ours] extends [Present<Described>]
    ? [Shape<Present<Described>>] extends [Shape<Ours>]
      ? true
      : { countsOn: Shape<Ours>; promised: Shape<Present<Described>> }
    : { differs: Ours; described: Present<Described> }
  : { undescribed: Exclude<keyof Ours, keyof Described> };

/** What `AgentApi.list` fills in where the API leaves it out. */
type Filled = 'last_message_at';

/** What a refusal lacks that somebody else than the API sent, a proxy for one. */
type OfTheApi = 'detail' | 'request_id';

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
  entry: Fits<app.Entry, Schemas['Entry']>;
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
  problem: Fits<Omit<app.Problem, OfTheApi>, Omit<Schemas['Problem'], OfTheApi>>;
  money: Fits<orders.Money, Schemas['Money']>;
  count: Fits<orders.Count, Schemas['Count']>;
  by: Fits<orders.By, Schemas['By']>;
  tracking: Fits<orders.Tracking, Schemas['Tracking']>;
  arrival: Fits<orders.Arrival, Schemas['Arrival']>;
  delayed: Fits<orders.Delay, Schemas['Delay']>;
  consent: Fits<orders.Consent, Schemas['Proof']>;
  order: Fits<orders.Order, Schemas['Order']>;
  orderItem: Fits<orders.OrderItem, Schemas['OrderItem']>;
  orderRow: Fits<orders.OrderRow, Schemas['OrderRow']>;
  orderEvent: Fits<orders.OrderEvent, Schemas['OrderEvent']>;
  orderEntry: Fits<orders.OrderEntry, Schemas['OrderEntry']>;
  openedOrder: Fits<orders.OpenedOrder, Schemas['OpenedOrder']>;
  orderChanged: Fits<orders.OrderChanged, Schemas['OrderChanged']>;
  orderCounts: Fits<orders.OrderCounts, Schemas['OrderCounts']>;
  orderPage: Fits<orders.OrderPage, Schemas['OrderPage']>;
  workbench: Fits<orders.Workbench, Schemas['Workbench']>;
  refund: Fits<orders.Refund, Schemas['Refund']>;
  refundRow: Fits<orders.RefundRow, Schemas['RefundRow']>;
  refundCounts: Fits<orders.RefundCounts, Schemas['RefundCounts']>;
  refundPage: Fits<orders.RefundPage, Schemas['RefundPage']>;
  return: Fits<orders.Return, Schemas['Return']>;
  returnedItem: Fits<orders.ReturnedItem, Schemas['ReturnedItem']>;
  product: Fits<orders.Product, Schemas['CatalogProduct']>;
  productPage: Fits<orders.ProductPage, Schemas['ProductPage']>;
  orderSettings: Fits<orders.KnownOrderSettings, Schemas['OrderSettings']>;
  methodArrival: Fits<orders.MethodArrival, Schemas['ArrivalSetting']>;
  knownSecret: Fits<orders.KnownSecret, Schemas['WebhookSecret']>;
  webhookSecret: Fits<orders.WebhookSecret, Schemas['MadeWebhookSecret']>;
  apiKey: Fits<orders.ApiKey, Schemas['ApiKey']>;
  newApiKey: Fits<orders.NewApiKey, Schemas['MadeApiKey']>;
  refundAction: Sends<orders.RefundAction, Schemas['RefundAction']>;
  returnAction: Sends<orders.ReturnAction, Schemas['ReturnAction']>;
  ship: Sends<orders.ShipOrder, Schemas['ShipOrder']>;
  orderNote: Sends<orders.NoteOrder, Schemas['NoteOrder']>;
  delay: Sends<orders.DelayOrder, Schemas['DelayOrder']>;
  contact: Sends<orders.ContactCustomer, Schemas['ContactCustomer']>;
  refundOrder: Sends<orders.RefundOrder, Schemas['RefundOrder']>;
  decideRefund: Sends<orders.DecideRefund, Schemas['DecideRefund']>;
  openReturn: Sends<orders.OpenReturn, Schemas['OpenReturn']>;
  decideReturn: Sends<orders.DecideReturn, Schemas['DecideReturn']>;
  setOrders: Sends<orders.OrderSettings, Schemas['UpdateOrderSettings']>;
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
  problem: true,
  money: true,
  count: true,
  by: true,
  tracking: true,
  arrival: true,
  delayed: true,
  consent: true,
  order: true,
  orderItem: true,
  orderRow: true,
  orderEvent: true,
  orderEntry: true,
  openedOrder: true,
  orderChanged: true,
  orderCounts: true,
  orderPage: true,
  workbench: true,
  refund: true,
  refundRow: true,
  refundCounts: true,
  refundPage: true,
  return: true,
  returnedItem: true,
  product: true,
  productPage: true,
  orderSettings: true,
  methodArrival: true,
  knownSecret: true,
  webhookSecret: true,
  apiKey: true,
  newApiKey: true,
  refundAction: true,
  returnAction: true,
  ship: true,
  orderNote: true,
  delay: true,
  contact: true,
  refundOrder: true,
  decideRefund: true,
  openReturn: true,
  decideReturn: true,
  setOrders: true,
};
