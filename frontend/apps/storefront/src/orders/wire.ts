// A customer's own orders as they travel: docs/openapi.json describes them.

export type PaymentMethod = 'credit_card' | 'bank_transfer' | 'fps' | 'cash_on_delivery' | 'other'
export type RefundReason = 'out_of_stock' | 'late' | 'defect' | 'changed_mind' | 'return' | 'other'
export type RefundState = 'requested' | 'proposed' | 'rejected' | 'withdrawn' | 'on_its_way' | 'paid' | 'delayed'
export type ReturnKind = 'return' | 'exchange'
export type ReturnState =
  'requested' | 'accepted' | 'rejected' | 'withdrawn' | 'pick_up_arranged' | 'received' | 'refunded' | 'replaced'

export type Standing = 'to_ship' | 'shipped' | 'ended'

export interface OrderItem {
  product: string
  title: string
  quantity: number
  unit_price: number
  /** Within 7 days of delivery it goes back without a reason. */
  returnable: boolean
}

export interface Tracking {
  carrier: string
  number: string
}

/** When the money is there: from so many to so many. */
export interface Arrival {
  from: number
  to: number
  unit: 'working_days' | 'weeks'
}

export interface MyRefund {
  number: number
  amount: number
  state: RefundState
  reason: RefundReason
  detail?: string
  rejection?: string
  at: string
  arrival?: Arrival
  inquiry: string
}

export interface MyReturn {
  number: number
  kind: ReturnKind
  state: ReturnState
  items: { product: string; quantity: number }[]
  reason?: string
  rejection?: string
  pick_up?: string
  replacement?: Tracking
  inquiry: string
}

export interface Can {
  cancel_and_refund: boolean
  ask_refund: boolean
  ask_cancel: boolean
  return: boolean
  /** The products that may go back without a reason. */
  return_without_reason: string[]
}

/** Amounts are whole minor units of its currency. */
export interface MyOrder {
  number: string
  items: OrderItem[]
  currency: string
  total: number
  shipping: number
  paid: number
  refunded: number
  payment_method: PaymentMethod
  created_at: string
  ship_by: string
  latest_delivery: string
  overdue: boolean
  standing: Standing
  shipped_at?: string
  delivered_at?: string
  tracking?: Tracking
  cancelled_at?: string
  delay?: { date: string }
  proposed_delay?: { date: string }
  can: Can
  refunds: MyRefund[]
  returns: MyReturn[]
  contact: { phone?: string; email?: string }
  /** The shop's: `ship_by` is the end of a day there. Without it the visitor's own is taken. */
  time_zone?: string
}

/** An order in the list: what was bought is one line. */
export interface MyOrderRow {
  number: string
  items: string
  currency: string
  total: number
  standing: Standing
  overdue: boolean
  created_at: string
  ship_by: string
}

/** What happened to a refund or a return that its customer is told of. */
export type RefundStep = 'requested' | 'proposed' | 'approved' | 'rejected' | 'withdrawn' | 'paid'

export interface MyOrderStep {
  at: string
  event:
    | 'placed' | 'paid' | 'shipped' | 'delivered' | 'cancelled' | 'delay_proposed' | 'delay_agreed' | 'delay_declined'
    | `refund_${RefundStep}` | `return_${ReturnState}`
  /** Of a refund or a return. */
  number?: number
  amount?: { minor: number; currency: string }
  /** The later day. */
  date?: string
}

export interface Tracked {
  order: MyOrder
  steps: MyOrderStep[]
}

/** What a command answers. */
export interface Changed {
  order: MyOrder
  inquiry?: string
}
