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

/** A command on an order: its path behind the order, and its body. */
export type OrderCommand =
  | { path: 'ship'; body: ShipOrder }
  | { path: 'notes'; body: NoteOrder }
  | { path: 'delay'; body: DelayOrder }
  | { path: 'refunds'; body: RefundOrder }
  | { path: `refunds/${number}`; body: DecideRefund }
  | { path: 'returns'; body: OpenReturn }
  | { path: `returns/${number}`; body: DecideReturn };

type Outcome = { data?: unknown; error?: unknown; response: Response };
type Ask = (path: string, init: object) => Promise<Outcome>;

/** What staff can do with orders, one method per operation of the API. */
export class OrdersApi {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  list(shop: string, list: OrderListName, cursor?: string, signal?: AbortSignal): Promise<OrderPage> {
    return this.#read('/v1/shops/{shop}/orders', { shop }, { list, cursor }, signal);
  }

  show(shop: string, order: string, signal?: AbortSignal): Promise<OpenedOrder> {
    return this.#read('/v1/shops/{shop}/orders/{order}', { shop, order }, {}, signal);
  }

  /** The orders of an inquiry's customer. */
  workbench(shop: string, id: string, signal?: AbortSignal): Promise<Workbench> {
    return this.#read('/v1/shops/{shop}/inquiries/{id}/orders', { shop, id }, {}, signal);
  }

  products(shop: string, search: string, cursor?: string, signal?: AbortSignal): Promise<ProductPage> {
    return this.#read('/v1/shops/{shop}/products', { shop }, { search: search || undefined, cursor }, signal);
  }

  refunds(shop: string, tab: RefundTab, cursor?: string, signal?: AbortSignal): Promise<RefundPage> {
    return this.#read('/v1/shops/{shop}/refunds', { shop }, { tab, cursor }, signal);
  }

  /** Carries out a command on the version that was seen; the same key again is the same command. */
  command(shop: string, order: { number: string; version: number }, command: OrderCommand, key = newKey()): Promise<OrderChanged> {
    const headers = { 'idempotency-key': key, 'if-match': `"${order.version}"` };
    return this.#post(`/v1/shops/{shop}/orders/{order}/${command.path}`, { shop, order: order.number }, command.body, headers);
  }

  /** Opens an inquiry with the order's customer; gives its id. */
  async contact(shop: string, order: string, body: ContactCustomer, key = newKey()): Promise<string> {
    const path = '/v1/shops/{shop}/orders/{order}/contact';
    return (await this.#post<{ inquiry: string }>(path, { shop, order }, body, { 'idempotency-key': key })).inquiry;
  }

  settings(shop: string): Promise<KnownOrderSettings> {
    return this.#read('/v1/shops/{shop}/order-settings', { shop });
  }

  changeSettings(shop: string, body: OrderSettings, version: number): Promise<KnownOrderSettings> {
    const put = this.#transport.client.PUT as unknown as Ask;
    const headers = { 'if-match': `"${version}"` };
    return unwrap(put('/v1/shops/{shop}/order-settings', { params: { path: { shop } }, body, headers }));
  }

  /** A new secret for the webhook, shown once; the one before stays valid. */
  newSecret(shop: string): Promise<WebhookSecret> {
    return this.#post('/v1/shops/{shop}/webhook-secrets', { shop }, {}, { 'idempotency-key': newKey() });
  }

  async keys(shop: string): Promise<ApiKey[]> {
    return (await this.#read<{ keys: ApiKey[] }>('/v1/shops/{shop}/api-keys', { shop })).keys;
  }

  /** A new key for the shop's backend, shown once. */
  newKey(shop: string, name: string): Promise<NewApiKey> {
    return this.#post('/v1/shops/{shop}/api-keys', { shop }, { name }, { 'idempotency-key': newKey() });
  }

  async revokeKey(shop: string, key: string): Promise<void> {
    const remove = this.#transport.client.DELETE as unknown as Ask;
    await done(remove('/v1/shops/{shop}/api-keys/{key}', { params: { path: { shop, key } } }));
  }

  #read<T>(path: string, names: object, query: object = {}, signal?: AbortSignal): Promise<T> {
    const get = this.#transport.client.GET as unknown as Ask;
    return unwrap(get(path, { params: { path: names, query }, signal: signal ?? null }));
  }

  #post<T>(path: string, names: object, body: object, headers: object): Promise<T> {
    const post = this.#transport.client.POST as unknown as Ask;
    return unwrap(post(path, { params: { path: names }, body, headers }));
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
