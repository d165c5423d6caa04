import type { Order, OrderEntry, Refund, RefundAction, RefundRow, Return, ReturnAction } from '@kefu/api';

/** What a person is about to do with an order; `inquiry` is the conversation that they come from. */
export type Acting = { order: string; inquiry?: string } & (
  | { kind: 'refund' | 'delay' | 'contact' | 'return' }
  | { kind: 'refund-step'; refund: number; action: RefundAction }
  | { kind: 'return-step'; return: number; action: ReturnAction }
);

type Standing = Pick<RefundRow, 'state' | 'payer' | 'kind' | 'attention' | 'contradicted'> & Partial<Pick<Refund, 'needs_two'>>;

/** Whether a person was the first of the two who confirm a large transfer. A refund says that person's name, which others may have, too. */
export function confirmedFirst(me: string, refund: Pick<Refund, 'number' | 'first_confirmed_by'>, entries: readonly OrderEntry[]): boolean {
  if (refund.first_confirmed_by === undefined) return false;
  const first = entries.findLast(({ event, number, step }) => event === 'refund' && number === refund.number && step === 'first_confirmed');
  return first?.by.id === me;
}

/** What staff can do about a refund where it stands; whoever confirmed it first (`mine`) does not confirm it again. While money may be moving, or nobody knows, that is nothing, until it lasts for so long that somebody has to look at the provider's books. */
export function refundActions(refund: Standing, mine = false): RefundAction[] {
  return refund.contradicted ? [...usualActions(refund, mine), 'look_into'] : usualActions(refund, mine);
}

function usualActions(refund: Standing, mine: boolean): RefundAction[] {
  switch (refund.state) {
    case 'requested':
      return ['agree', 'reject'];
    case 'proposed':
      return ['withdraw'];
    case 'failed':
      // The money for an order that the customer cancelled goes back in any case.
      return refund.kind === 'cancelled' ? ['retry', 'by_hand'] : ['retry', 'by_hand', 'reject'];
    case 'approved':
      if (refund.payer !== 'by_hand') return [];
      return refund.needs_two && mine ? ['found_unpaid'] : ['confirm', 'found_unpaid'];
    case 'executing':
    case 'unknown':
      return refund.attention ? ['found_paid', 'found_unpaid'] : [];
    case 'withdrawn':
    case 'rejected':
      return refund.contradicted ? ['found_paid'] : [];
    default:
      return [];
  }
}

/** What an action is called: some mean something else where the refund stands. */
export type RefundActionName = RefundAction | 'give_up' | 'not_transferred' | 'take_offer_back';

export function refundActionName(action: RefundAction, { state, kind }: Pick<RefundRow, 'state' | 'kind'>): RefundActionName {
  if (action === 'reject' && state === 'failed') return 'give_up';
  if (action === 'found_unpaid' && state === 'approved') return 'not_transferred';
  // The customer asked for it themselves: that stands again once the offer is gone.
  if (action === 'withdraw' && (kind === 'overdue' || kind === 'cancel')) return 'take_offer_back';
  return action;
}

/** Whether it is what most people come for, and stands out; never what was found out or ends something. */
export function isUsual(action: RefundAction): boolean {
  return action === 'agree' || action === 'retry' || action === 'confirm';
}

/** What staff can do about a return where it stands. */
export function returnActions({ state, kind }: Pick<Return, 'state' | 'kind'>): ReturnAction[] {
  switch (state) {
    case 'requested':
      return ['accept', 'reject'];
    case 'accepted':
      return ['arrange_pick_up', 'receive', 'withdraw'];
    case 'pick_up_arranged':
      return ['receive', 'arrange_pick_up', 'withdraw'];
    case 'received':
      return kind === 'exchange' ? ['replace', 'refund'] : ['refund'];
    default:
      return [];
  }
}

/** Whether the shop can give money back now: something is left, and no other refund waits to be decided. */
export function mayRefund(order: Order): boolean {
  return order.left > 0 && !order.refunds.some(({ state }) => state === 'requested' || state === 'proposed');
}

/** Whether goods can be taken back now. */
export function mayReturn(order: Order): boolean {
  const open = new Set(['requested', 'accepted', 'pick_up_arranged', 'received']);
  return order.shipped_at !== undefined && !order.returns.some(({ state }) => open.has(state));
}

/** The inquiries in which the customer may have agreed, the one at hand first. */
export function inquiriesOf(order: Order, known: readonly string[] = [], here?: string): string[] {
  const told = [...order.refunds, ...order.returns].map(({ inquiry }) => inquiry).toReversed();
  return [...new Set([...(here ? [here] : []), ...told, ...known])];
}

export const REASON_CHARACTERS = 10;

/** Whether a reason says enough to be shown to the customer. */
export function clear(reason: string): boolean {
  return [...reason.trim()].length >= REASON_CHARACTERS;
}
