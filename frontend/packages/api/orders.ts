import { type Transport, done, newKey, unwrap } from './client';
import type {
  ApiKey,
  ContactCustomer,
  Count,
  DecideRefund,
  DecideReturn,
  DelayOrder,
  KnownOrderSettings,
  NewApiKey,
  NoteOrder,
  OpenReturn,
  OpenedOrder,
  OrderChanged,
  OrderEntry,
  OrderListName,
  OrderPage,
  OrderSettings,
  ProductPage,
  RefundOrder,
  RefundPage,
  RefundTab,
  ShipOrder,
  WebhookSecret,
  Workbench,
} from './orders-types';
import type { Entry } from './types';

/** A command on an order: its path behind the order, what that names, and its body. */
export type OrderCommand =
  | { path: 'ship'; body: ShipOrder }
  | { path: 'notes'; body: NoteOrder }
  | { path: 'delay'; body: DelayOrder }
  | { path: 'refunds'; body: RefundOrder }
  | { path: 'refunds/{refund}'; refund: number; body: DecideRefund }
  | { path: 'returns'; body: OpenReturn }
  | { path: 'returns/{return}'; return: number; body: DecideReturn };

/** What staff can do with orders, one method per operation of the API. */
export class OrdersApi {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  get #client(): Transport['client'] {
    return this.#transport.client;
  }

  list(shop: string, list: OrderListName, cursor?: string, signal?: AbortSignal): Promise<OrderPage> {
    const params = { path: { shop }, query: { list, cursor } };
    return unwrap(this.#client.GET('/v1/shops/{shop}/orders', { params, signal: signal ?? null }));
  }

  show(shop: string, order: string, signal?: AbortSignal): Promise<OpenedOrder> {
    const params = { path: { shop, order } };
    return unwrap(this.#client.GET('/v1/shops/{shop}/orders/{order}', { params, signal: signal ?? null }));
  }

  /** The orders of an inquiry's customer. */
  workbench(shop: string, id: string, signal?: AbortSignal): Promise<Workbench> {
    const params = { path: { shop, id } };
    return unwrap(this.#client.GET('/v1/shops/{shop}/inquiries/{id}/orders', { params, signal: signal ?? null }));
  }

  products(shop: string, search: string, cursor?: string, signal?: AbortSignal): Promise<ProductPage> {
    const params = { path: { shop }, query: { search: search || undefined, cursor } };
    return unwrap(this.#client.GET('/v1/shops/{shop}/products', { params, signal: signal ?? null }));
  }

  refunds(shop: string, tab: RefundTab, cursor?: string, signal?: AbortSignal): Promise<RefundPage> {
    const params = { path: { shop }, query: { tab, cursor } };
    return unwrap(this.#client.GET('/v1/shops/{shop}/refunds', { params, signal: signal ?? null }));
  }

  /** Carries out a command on the version that was seen; the same key again is the same command. */
  command(shop: string, order: { number: string; version: number }, command: OrderCommand, key = newKey()): Promise<OrderChanged> {
    const path = { shop, order: order.number };
    const header = { 'If-Match': `"${order.version}"`, 'Idempotency-Key': key };
    const params = { path, header };
    // One call per path: so the compiler holds each body to what the description says of that path.
    switch (command.path) {
      case 'ship':
        return unwrap(this.#client.POST('/v1/shops/{shop}/orders/{order}/ship', { params, body: command.body }));
      case 'notes':
        return unwrap(this.#client.POST('/v1/shops/{shop}/orders/{order}/notes', { params, body: command.body }));
      case 'delay':
        return unwrap(this.#client.POST('/v1/shops/{shop}/orders/{order}/delay', { params, body: command.body }));
      case 'refunds':
        return unwrap(this.#client.POST('/v1/shops/{shop}/orders/{order}/refunds', { params, body: command.body }));
      case 'refunds/{refund}': {
        const init = { params: { path: { ...path, refund: command.refund }, header }, body: command.body };
        return unwrap(this.#client.POST('/v1/shops/{shop}/orders/{order}/refunds/{refund}', init));
      }
      case 'returns':
        return unwrap(this.#client.POST('/v1/shops/{shop}/orders/{order}/returns', { params, body: command.body }));
      case 'returns/{return}': {
        const init = { params: { path: { ...path, return: command.return }, header }, body: command.body };
        return unwrap(this.#client.POST('/v1/shops/{shop}/orders/{order}/returns/{return}', init));
      }
    }
  }

  /** Opens an inquiry with the order's customer; gives its id. */
  async contact(shop: string, order: string, body: ContactCustomer, key = newKey()): Promise<string> {
    const init = { params: { path: { shop, order }, header: { 'Idempotency-Key': key } }, body };
    const answer = this.#client.POST('/v1/shops/{shop}/orders/{order}/contact', init);
    return (await unwrap<{ inquiry: string }>(answer)).inquiry;
  }

  settings(shop: string): Promise<KnownOrderSettings> {
    return unwrap(this.#client.GET('/v1/shops/{shop}/order-settings', { params: { path: { shop } } }));
  }

  changeSettings(shop: string, body: OrderSettings, version: number): Promise<KnownOrderSettings> {
    const params = { path: { shop }, header: { 'If-Match': `"${version}"` } };
    return unwrap(this.#client.PUT('/v1/shops/{shop}/order-settings', { params, body }));
  }

  /** A new secret for the webhook, shown once; the first signs at once, another one when it is activated. */
  newSecret(shop: string): Promise<WebhookSecret> {
    return unwrap(this.#client.POST('/v1/shops/{shop}/webhook-secrets', { params: { path: { shop } }, body: {} }));
  }

  async activateSecret(shop: string, secret: string): Promise<void> {
    const params = { path: { shop, secret } };
    await done(this.#client.POST('/v1/shops/{shop}/webhook-secrets/{secret}/activate', { params, body: {} }));
  }

  async deleteSecret(shop: string, secret: string): Promise<void> {
    await done(this.#client.DELETE('/v1/shops/{shop}/webhook-secrets/{secret}', { params: { path: { shop, secret } } }));
  }

  async keys(shop: string): Promise<ApiKey[]> {
    const answer = this.#client.GET('/v1/shops/{shop}/api-keys', { params: { path: { shop } } });
    return (await unwrap<{ keys: ApiKey[] }>(answer)).keys;
  }

  /** A new key for the shop's backend, shown once. */
  newKey(shop: string, name: string): Promise<NewApiKey> {
    return unwrap(this.#client.POST('/v1/shops/{shop}/api-keys', { params: { path: { shop } }, body: { name } }));
  }

  async revokeKey(shop: string, key: string): Promise<void> {
    await done(this.#client.DELETE('/v1/shops/{shop}/api-keys/{key}', { params: { path: { shop, key } } }));
  }
}

/** A count as a number; above what was counted it is one that reads as "999+". */
export function countOf(count: Count | undefined): number {
  if (!count) return 0;
  return count.more ? count.count + 1 : count.count;
}

/** What an entry of an inquiry's timeline tells of an order; nothing for the other entries. */
export function orderEntryOf(entry: Entry): { order: string; entry: OrderEntry } | undefined {
  const { event, order, order_event: told, seq, at, by } = entry;
  return event === 'order' && order && told ? { order, entry: { ...told, seq, at, by } } : undefined;
}
