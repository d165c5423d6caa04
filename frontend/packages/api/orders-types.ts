/** Orders, refunds and returns as the API says them, under the names that the sites use. Amounts are whole minor units. */
export type Money = { minor: number; currency: string };
export type PaymentMethod = 'credit_card' | 'bank_transfer' | 'fps' | 'cash_on_delivery' | 'other';
export type Standing = 'to_ship' | 'shipped' | 'ended';
export type OrderListName = 'to_ship' | 'overdue' | 'shipped' | 'reverse';
export type RefundTab = 'pending' | 'running' | 'agreed' | 'rejected' | 'attention';
export type RefundKind = 'merchant' | 'overdue' | 'cancel' | 'cancelled' | 'return';
export type RefundReason = 'out_of_stock' | 'late' | 'defect' | 'changed_mind' | 'return' | 'other';
export type RefundState =
  | 'requested'
  | 'proposed'
  | 'rejected'
  | 'withdrawn'
  | 'approved'
  | 'executing'
  | 'unknown'
  | 'succeeded'
  | 'failed';
export type Payer = 'webhook' | 'by_hand';
export type ReturnKind = 'return' | 'exchange';
export type ReturnState =
  | 'requested'
  | 'accepted'
  | 'rejected'
  | 'withdrawn'
  | 'pick_up_arranged'
  | 'received'
  | 'refunded'
  | 'replaced';

/** A number of things: exact to 999, and whether there are more. */
export type Count = { count: number; more: boolean };

export type By = { kind: 'customer' | 'agent' | 'system' | 'bot'; id?: string; name?: string };
export type Tracking = { carrier: string; number: string };
export type ArrivalUnit = 'working_days' | 'weeks';
/** When the customer sees the money again. */
export type Arrival = { from: number; to: number; unit: ArrivalUnit };

export type OrderRow = {
  number: string;
  version: number;
  customer: string;
  currency: string;
  total: number;
  standing: Standing;
  overdue: boolean;
  ship_by: string;
  created_at: string;
  shipped_at?: string;
  payment_method: PaymentMethod;
  attention: boolean;
  /** The state of its most urgent refund in progress. */
  refund?: RefundState;
  /** The state of its return in progress. */
  return?: ReturnState;
  items: string;
};

export type OrderItem = { product: string; title: string; quantity: number; unit_price: number; returnable: boolean };
export type ReturnedItem = { product: string; quantity: number };
/** A date that was agreed or proposed. */
export type Delay = { date: string; terms: string; inquiry: string };
/** The record that the customer knows: a message, or the click in the storefront. */
export type Consent = { kind: 'message' | 'click'; inquiry?: string; message?: number };

export type Refund = {
  number: number;
  /** The provider's idempotency key. */
  key: string;
  kind: RefundKind;
  return?: number;
  amount: number;
  reason: RefundReason;
  detail?: string;
  state: RefundState;
  inquiry: string;
  by: By;
  at: string;
  changed_at: string;
  consent?: Consent;
  rejection?: string;
  payer: Payer;
  attempts: number;
  reference?: string;
  problem?: string;
  /** The name of the first of two persons; which one it was stands in the order's timeline. */
  first_confirmed_by?: string;
  needs_two: boolean;
  attention: boolean;
  contradicted: boolean;
};

export type Return = {
  number: number;
  kind: ReturnKind;
  items: ReturnedItem[];
  worth: number;
  reason?: string;
  state: ReturnState;
  inquiry: string;
  at: string;
  changed_at: string;
  rejection?: string;
  pick_up?: string;
  refund?: number;
  replacement?: Tracking;
};

export type Order = {
  number: string;
  version: number;
  customer: { kind: 'member' | 'guest'; name: string; email: string; phone?: string };
  items: OrderItem[];
  currency: string;
  total: number;
  shipping: number;
  paid: number;
  refunded: number;
  /** What can still be refunded. */
  left: number;
  payment_method: PaymentMethod;
  created_at: string;
  paid_at?: string;
  days_to_ship: number;
  ship_by: string;
  promised_ship_by: string;
  latest_delivery: string;
  overdue: boolean;
  standing: Standing;
  shipped_at?: string;
  delivered_at?: string;
  tracking?: Tracking;
  merchant_note?: string;
  cancelled_at?: string;
  delay?: Delay;
  proposed_delay?: Delay;
  may_contact: boolean;
  closed_to_shipping: boolean;
  refunds: Refund[];
  returns: Return[];
  /** By the shop's settings for this order's payment method. */
  arrival?: Arrival;
};

export type OrderEventName =
  | 'placed'
  | 'paid'
  | 'updated'
  | 'shipped'
  | 'delivered'
  | 'cancelled'
  | 'note_added'
  | 'delay_proposed'
  | 'delay_agreed'
  | 'delay_declined'
  | 'delay_passed'
  | 'refund'
  | 'return';

export type RefundStep =
  | 'requested'
  | 'proposed'
  | 'approved'
  | 'rejected'
  | 'withdrawn'
  | 'started'
  | 'unknown'
  | 'first_confirmed'
  | 'succeeded'
  | 'failed'
  | 'retried'
  | 'by_hand'
  | 'contradicted'
  | 'looked_into';

export type Withdrawn = 'taken_back' | 'declined' | 'shipped' | 'cancelled' | 'offer_taken_back';

/** What happened to an order; `event`, and `step` where there is one, say which of the other fields are there. */
export type OrderEvent = {
  event: OrderEventName;
  text?: string;
  carrier?: string;
  tracking?: string;
  date?: string;
  terms?: string;
  proof?: Consent;
  number?: number;
  amount?: Money;
  kind?: ReturnKind;
  step?: RefundStep | ReturnState;
  /** A refund's reason is one of a few; a return's, a rejection's and what somebody looked into are words. */
  reason?: string;
  detail?: string;
  why?: Withdrawn;
  reference?: string;
  problem?: string;
  attempt?: number;
  details?: string;
  refund?: number;
};

/** One line of an order's timeline. */
export type OrderEntry = OrderEvent & { seq: number; at: string; by: By };

export type OpenedOrder = { order: Order; entries: OrderEntry[]; inquiries: string[] };
/** What a command on an order answers. */
export type OrderChanged = { order: Order; entries: OrderEntry[] };
export type OrderCounts = { to_ship: Count; overdue: Count; reverse: Count };
export type OrderPage = { orders: OrderRow[]; next?: string; counts: OrderCounts };
export type Workbench = { orders: OrderRow[]; order?: Order };

export type RefundRow = {
  order: string;
  number: number;
  order_version: number;
  customer: string;
  amount: Money;
  reason: RefundReason;
  detail?: string;
  kind: RefundKind;
  state: RefundState;
  payer: Payer;
  inquiry: string;
  at: string;
  changed_at: string;
  overdue: boolean;
  attention: boolean;
  problem?: string;
  contradicted: boolean;
};
export type RefundCounts = { pending: Count; running: Count; attention: Count };
export type RefundPage = { refunds: RefundRow[]; next?: string; counts: RefundCounts };

export type Product = { product: string; title: string; price: number; currency: string; url?: string };
export type ProductPage = { products: Product[]; next?: string };

export type RefundAction = 'agree' | 'reject' | 'withdraw' | 'retry' | 'by_hand' | 'confirm' | 'found_paid' | 'found_unpaid' | 'look_into';
export type ReturnAction = 'accept' | 'reject' | 'withdraw' | 'arrange_pick_up' | 'receive' | 'refund' | 'replace';

/** Bodies of the commands on an order, by what stands behind `/orders/{order}/`. */
export type ShipOrder = { carrier: string; tracking: string };
export type NoteOrder = { text: string };
export type DelayOrder = { date: string; terms: string; inquiry: string; proof?: number };
export type ContactCustomer = { text: string; subject?: string };
export type RefundOrder = { amount: Money; reason: RefundReason; detail?: string; inquiry: string; proof?: number };
export type DecideRefund = { action: RefundAction; amount?: Money; reason?: string; proof?: number; reference?: string };
export type OpenReturn = { kind: ReturnKind; items: ReturnedItem[]; reason?: string; inquiry: string };
export type DecideReturn = {
  action: ReturnAction;
  reason?: string;
  details?: string;
  amount?: Money;
  proof?: number;
  carrier?: string;
  tracking?: string;
};

export type MethodArrival = Arrival & { payment_method: PaymentMethod };
export type OrderSettings = {
  payer: Payer;
  webhook_url?: string;
  second_person_above?: number;
  working_days: boolean;
  transit_days: number;
  arrivals: MethodArrival[];
};
/** Kefu signs with the current one; the next one waits to be activated, the previous one did sign. */
export type SecretRole = 'current' | 'next' | 'previous';
/** A secret, without itself. */
export type KnownSecret = { id: string; role: SecretRole };
/** The settings as they are, with the arrival of every method that has one and the secrets that sign. */
export type KnownOrderSettings = OrderSettings & { webhook_secrets: KnownSecret[]; version: number };

/** A secret or a key as it is shown, once. */
export type WebhookSecret = { id: string; secret: string };
export type ApiKey = { id: string; name: string; created_at: string };
export type NewApiKey = { id: string; key: string };
