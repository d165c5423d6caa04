import { randomUUID } from 'node:crypto';
import type { APIRequestContext } from '@playwright/test';
import type { Member } from './host';
import type { Team } from './team';

const DAY_MS = 86_400_000;

export type Wanted = { total?: number; paidDaysAgo?: number; daysToShip?: number; shipped?: boolean };

/** A shop has ten keys at most; the demo's is asked for one only once. */
const keys = new Map<string, string>();

/** The storefront's backend of a test's own shop, and its customers: orders pushed with an API key, wishes of members. */
export class Store {
  readonly #team: Team;
  readonly #request: APIRequestContext;
  readonly #key: string;
  /** How far the host's clock is ahead. */
  readonly #ahead: number;

  private constructor(team: Team, request: APIRequestContext, key: string, ahead: number) {
    this.#team = team;
    this.#request = request;
    this.#key = key;
    this.#ahead = ahead;
  }

  static async of(team: Team, request: APIRequestContext): Promise<Store> {
    const key = keys.get(team.shop) ?? ((await team.as('店主', 'POST', '/api-keys', { name: '測試後台' }))['key'] as string);
    keys.set(team.shop, key);
    const config = (await (await request.get('/config.json')).json()) as { clock_offset_seconds: number };
    return new Store(team, request, key, config.clock_offset_seconds * 1000);
  }

  /** The moment some days from now, by the host's clock. */
  at(days: number): string {
    return new Date(Date.now() + this.#ahead + days * DAY_MS).toISOString();
  }

  /** An order of two teas and a cup, NT$1,280 with shipping unless said otherwise; its number. */
  async order(member: Member, { total = 128_000, paidDaysAgo = 0, daysToShip = 3, shipped = false }: Wanted = {}): Promise<string> {
    const number = `A${randomUUID().slice(0, 6).toUpperCase()}`;
    const at = this.at(-paidDaysAgo);
    const items = [
      { product: 'tea', title: '烏龍茶', quantity: 2, unit_price: 50_000, returnable: true },
      { product: 'cup', title: '青瓷茶杯', quantity: 1, unit_price: total - 108_000, returnable: true },
    ];
    const sent = shipped ? { shipped_at: at, delivered_at: at, tracking: { carrier: '黑貓', number: '9012' } } : {};
    const { id, name, email } = member;
    const body = { version: 1, customer: { id, name, email }, items, currency: 'TWD', total, shipping: 8_000, paid: total, payment_method: 'credit_card' };
    await this.#push(`/orders/${number}`, { ...body, created_at: at, paid_at: at, days_to_ship: daysToShip, ...sent });
    return number;
  }

  async product(product: string, title: string): Promise<void> {
    const url = `https://shop.example.com/${product}`;
    await this.#push(`/products/${product}`, { version: 1, title, price: 50_000, currency: 'TWD', url, active: true });
  }

  /** What a customer does about an order: the path behind it, and what is said. */
  async customer(member: Member, order: string, path: string, body: object): Promise<Record<string, unknown>> {
    return this.#send('POST', `/my/orders/${order}/${path}`, body, await this.#member(member, order));
  }

  async inquire(member: Member, order: string, text: string): Promise<string> {
    const body = { category: 'order', source: 'order', subject: '訂單何時出貨', text, order };
    return (await this.#send('POST', '/inquiries', body, await this.#member(member, order)))['id'] as string;
  }

  async #member(member: Member, order: string): Promise<string> {
    const data = { shop: this.#team.shop, ...member, orders: [order] };
    const answer = await this.#request.post('/local/member-token', { data });
    return ((await answer.json()) as { token: string }).token;
  }

  async #push(path: string, body: object): Promise<void> {
    await this.#send('PUT', path, body, this.#key);
  }

  async #send(method: string, path: string, data: object, token: string): Promise<Record<string, unknown>> {
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() };
    const answer = await this.#request.fetch(`/v1/shops/${this.#team.shop}${path}`, { method, data, headers });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  }
}
