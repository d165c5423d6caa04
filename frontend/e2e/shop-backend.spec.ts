import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { APIRequestContext } from '@playwright/test';
import { Store } from './support/store';
import { Team } from './support/team';
import { expect, test } from './support/test';

const EXAMPLES = join(import.meta.dirname, '../../docs/guides/shop-backend');
const DAY_MS = 86_400_000;
const TOTAL = 134_000;

type Secret = { id: string; secret: string };
type Order = { version: number; standing: string; merchant_note?: string; refunded: number; refunds: { state: string }[] };
type Paid = { status: string; attempt: number; minor: number; paid: number };

/** The examples of the guide, run as a reader runs them, for a shop of the test's own. */
class Backend {
  readonly team: Team;
  readonly #request: APIRequestContext;
  readonly #url: string;
  readonly #running: ChildProcess[] = [];

  constructor(team: Team, request: APIRequestContext, url: string) {
    this.team = team;
    this.#request = request;
    this.#url = url;
  }

  /** Pushes what a file says, or the demonstration; what was printed, and how the program ended. */
  async push(what: object | string): Promise<{ code: number | null; lines: string[] }> {
    const { key } = await this.team.as('店主', 'POST', '/api-keys', { name: '範例' });
    const file = place('orders.json');
    if (typeof what === 'object') writeFileSync(file, JSON.stringify(what));
    const args = typeof what === 'object' ? [file] : ['--demo', what];
    const { child, lines } = this.#start('push-orders.mjs', args, { KEFU_SHOP: this.team.shop, KEFU_API_KEY: key as string });
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, lines };
  }

  async secret(): Promise<Secret> {
    return (await this.team.as('店主', 'POST', '/webhook-secrets', {})) as Secret;
  }

  async activate({ id }: Secret): Promise<void> {
    await this.team.as('店主', 'POST', `/webhook-secrets/${id}/activate`, {});
  }

  /** A webhook that Kefu asks from now on; where it is, and what it prints. */
  async webhook(secrets: Secret[], bank: string): Promise<{ url: string; lines: string[] }> {
    const { clock_offset_seconds: ahead } = (await (await this.#request.get('/config.json')).json()) as { clock_offset_seconds: number };
    const { child, lines } = this.#start('refund-webhook.mjs', [], {
      PORT: '0',
      BANK: bank,
      LEDGER: place('refunds.json'),
      CLOCK_AHEAD: String(ahead),
      KEFU_WEBHOOK_SECRETS: secrets.map(({ id, secret }) => `${id}:${secret}`).join(),
    });
    child.stderr?.pipe(process.stderr);
    await expect.poll(() => lines[0]).toMatch(/^http:/);
    const url = lines.shift() ?? '';
    const { version, webhook_secrets: _, ...settings } = await this.team.read('店主', '/order-settings');
    const wanted = { ...settings, payer: 'webhook', webhook_url: url };
    await this.team.as('店主', 'PUT', '/order-settings', wanted, { 'if-match': `"${version}"` });
    return { url, lines };
  }

  ledger(refund: string): Paid | undefined {
    const entries = JSON.parse(readFileSync(place('refunds.json'), 'utf8')) as Record<string, Paid>;
    return entries[`${this.team.shop}/${refund}`];
  }

  async order(number: string): Promise<Order> {
    return (await this.team.read('小甲', `/orders/${number}`))['order'] as Order;
  }

  async refund(number: string): Promise<string | undefined> {
    return (await this.order(number)).refunds[0]?.state;
  }

  /** What Kefu asks, signed by whoever has the secret. */
  async ask(url: string, { id, secret }: Secret, body: { refund: string; [more: string]: unknown }, secondsAgo = 0): Promise<{ status: number; said: unknown }> {
    const { clock_offset_seconds: ahead } = (await (await this.#request.get('/config.json')).json()) as { clock_offset_seconds: number };
    const at = Math.floor(Date.now() / 1000) + ahead - secondsAgo;
    const text = JSON.stringify(body);
    const hex = createHmac('sha256', Buffer.from(secret, 'base64url')).update(`${at}.${text}`).digest('hex');
    const headers = { 'kefu-timestamp': String(at), 'kefu-key-id': id, 'kefu-signature': `v1=${hex}`, 'idempotency-key': body.refund };
    const answer = await fetch(url, { method: 'POST', headers, body: text });
    return { status: answer.status, said: await answer.json() };
  }

  end(): void {
    for (const child of this.#running.splice(0)) child.kill();
  }

  #start(file: string, args: string[], env: Record<string, string>): { child: ChildProcess; lines: string[] } {
    const child = spawn(process.execPath, [join(EXAMPLES, file), ...args], { env: { ...env, KEFU_URL: this.#url } });
    this.#running.push(child);
    const lines: string[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
    return { child, lines };
  }
}

/** A file of this test's own. */
function place(name: string): string {
  const path = test.info().outputPath(name);
  mkdirSync(dirname(path), { recursive: true });
  return path;
}

const number = (): string => `A${randomUUID().slice(0, 6).toUpperCase()}`;

/** A member's order that should have left four days ago. */
function late(member: { id: string; name: string; email: string }, changes: object = {}): object {
  const at = new Date(Date.now() - 6 * DAY_MS).toISOString();
  const { id, name, email } = member;
  const items = [{ product: 'tea', title: '烏龍茶', quantity: 2, unit_price: 64_000, returnable: true }];
  const money = { currency: 'TWD', total: TOTAL, shipping: 6_000, paid: TOTAL, payment_method: 'fps' };
  return { version: 1, customer: { id, name, email }, items, ...money, created_at: at, paid_at: at, days_to_ship: 2, ...changes };
}

const example = test.extend<{ backend: Backend; store: Store }>({
  backend: async ({ request, baseURL }, use) => {
    const backend = new Backend(await Team.of(request, '小甲'), request, baseURL ?? '');
    await use(backend);
    backend.end();
  },
  store: async ({ backend, request }, use) => use(await Store.of(backend.team, request)),
});

example('pushed twice is pushed once, and an older version changes nothing', async ({ backend, host }) => {
  const [one, two, three] = [number(), number(), number()];
  const member = host.member('王推送');
  const tea = { version: 1, title: '烏龍茶', price: 64_000, currency: 'TWD', url: 'https://shop.example.com/tea', active: true };
  const products = [{ id: 'tea', product: tea }, { id: 'cup', product: { ...tea, title: '茶杯' } }];
  const all = { products, orders: [one, two].map((it) => ({ number: it, order: late(member) })) };
  const words = (product: string, order: string): string[] => [`product tea ${product}`, `product cup ${product}`, `order ${one} ${order}`, `order ${two} ${order}`];
  expect(await backend.push(all)).toEqual({ code: 0, lines: words('stored', 'placed') });
  expect(await backend.push(all)).toEqual({ code: 0, lines: words('unchanged', 'unchanged') });

  const told = async (version: number, merchant_note: string): Promise<string[]> =>
    (await backend.push({ orders: [{ number: one, order: late(member, { version, merchant_note }) }] })).lines;
  expect(await told(3, '請按兩次門鈴')).toEqual([`order ${one} updated`]);
  const newest = await backend.order(one);
  expect(await told(2, '放在門口')).toEqual([`order ${one} unchanged`]);
  expect(await told(3, '放在門口')).toEqual([`order ${one} unchanged`]);
  expect(await backend.order(one)).toEqual(newest);
  expect(newest.merchant_note).toBe('請按兩次門鈴');

  const shown = await backend.push(three);
  expect(shown.lines).toEqual(['placed', 'unchanged', 'updated', 'unchanged'].map((word) => `order ${three} ${word}`));
  expect((await backend.order(three)).standing).toBe('shipped');
});

example('each order is answered on its own, though one of them cannot even be read', async ({ backend, host }) => {
  const member = host.member('王有誤');
  const [good, wrong, unread] = [number(), number(), number()];
  const orders = [
    { number: wrong, order: late(member, { currency: 'XXY' }) },
    { number: good, order: late(member) },
  ];
  const refused = `order ${wrong} refused 422 invalid_fields currency unknown_value`;
  expect(await backend.push({ orders })).toEqual({ code: 1, lines: [refused, `order ${good} placed`] });
  orders.push({ number: unread, order: late(member, { total: '1340' }) });
  const { lines } = await backend.push({ orders });
  expect(lines).toEqual([refused, `order ${good} unchanged`, `order ${unread} refused 422 invalid_fields total wrong_type`]);
});

example('a refund reaches the webhook and is paid once, whoever asks again', async ({ backend, host, store }) => {
  const member = host.member('王退一次');
  const order = number();
  const [older, newer] = [await backend.secret(), await backend.secret()];
  const { url, lines } = await backend.webhook([newer, older], 'pays');
  await backend.push({ orders: [{ number: order, order: late(member) }] });
  await store.customer(member, order, 'cancel', {});
  await expect.poll(() => backend.refund(order)).toBe('succeeded');
  const refund = `${order}-R1`;
  expect(lines).toEqual([`refund ${refund} attempt 1: 200 succeeded`]);
  expect(await backend.order(order)).toMatchObject({ standing: 'ended', refunded: TOTAL, refunds: [{ state: 'succeeded' }] });

  const pay = { type: 'refund', shop: backend.team.shop, order, refund, attempt: 1, amount: { minor: TOTAL, currency: 'TWD' }, payment_method: 'fps', reason: 'late' };
  const known = { status: 200, said: { status: 'succeeded', attempt: 1, reference: 'bank-1' } };
  for (const secret of [older, newer]) expect(await backend.ask(url, secret, pay)).toEqual(known);
  expect(await backend.ask(url, newer, { ...pay, attempt: 2 }), 'paid is paid').toEqual(known);
  expect((await backend.ask(url, newer, { ...pay, amount: { minor: 1, currency: 'TWD' } })).status).toBe(409);
  expect((await backend.ask(url, { id: newer.id, secret: older.secret }, pay)).status).toBe(401);
  expect((await backend.ask(url, newer, pay, 310)).status).toBe(401);
  expect(backend.ledger(refund)).toMatchObject({ status: 'succeeded', minor: TOTAL, paid: 1 });

  backend.end();
  const restarted = await backend.webhook([newer], 'pays');
  expect(await backend.ask(restarted.url, newer, pay), 'it is written down').toEqual(known);
  expect((await backend.ask(restarted.url, older, pay)).status).toBe(401);
});

example('what comes late is told, and what failed is tried again under the same key', async ({ backend, host, store }) => {
  const member = host.member('王遲到');
  const [slow, returned] = [number(), number()];
  const secret = await backend.secret();
  await backend.push({ orders: [slow, returned].map((it) => ({ number: it, order: late(member) })) });
  const { lines } = await backend.webhook([secret], 'pays-later');
  await store.customer(member, slow, 'cancel', {});
  await expect.poll(() => backend.refund(slow)).toBe('succeeded');
  await expect.poll(() => lines).toEqual([`refund ${slow}-R1 attempt 1: 200 accepted`, `told ${backend.team.shop}/${slow}-R1 succeeded 200 succeeded`]);
  backend.end();

  await backend.webhook([secret], 'sends-back');
  await store.customer(member, returned, 'cancel', {});
  await expect.poll(() => backend.refund(returned)).toBe('failed');
  expect(backend.ledger(`${returned}-R1`)).toMatchObject({ status: 'failed', attempt: 1, paid: 0 });
  backend.end();

  const { lines: again } = await backend.webhook([secret], 'pays');
  const { version } = await backend.order(returned);
  await backend.team.as('小甲', 'POST', `/orders/${returned}/refunds/1`, { action: 'retry' }, { 'if-match': `"${version}"` });
  await expect.poll(() => backend.refund(returned)).toBe('succeeded');
  expect(again).toEqual([`refund ${returned}-R1 attempt 2: 200 succeeded`]);
  expect(backend.ledger(`${returned}-R1`)).toMatchObject({ status: 'succeeded', attempt: 2, paid: 1 });
});

example('a secret is replaced, and nothing is refused on the way', async ({ backend, host, store }) => {
  const member = host.member('王換密鑰');
  const [made, known, activated] = [number(), number(), number()];
  await backend.push({ orders: [made, known, activated].map((it) => ({ number: it, order: late(member) })) });
  const pays = async (order: string, lines: string[]): Promise<void> => {
    await store.customer(member, order, 'cancel', {});
    await expect.poll(() => backend.refund(order)).toBe('succeeded');
    const refund = `${order}-R1`;
    const told = `told ${backend.team.shop}/${refund} succeeded 200 succeeded`;
    await expect.poll(() => lines).toEqual([`refund ${refund} attempt 1: 200 accepted`, told]);
    lines.length = 0;
  };
  const older = await backend.secret();
  const before = await backend.webhook([older], 'pays-later');
  const newer = await backend.secret();
  await pays(made, before.lines);
  backend.end();
  const { lines } = await backend.webhook([newer, older], 'pays-later');
  await pays(known, lines);
  await backend.activate(newer);
  backend.end();
  const after = await backend.webhook([newer], 'pays-later');
  await pays(activated, after.lines);
});
