import { randomUUID } from 'node:crypto';
import type { APIRequestContext, Page, Route } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { Shopper } from './support/shopper';
import { expect, test } from './support/test';

const SHOP = '/v1/shops/taipei';
const MEMBER = { id: 'm-1001', name: '王小明', email: 'xiaoming@example.com' };
const DAY = 86_400_000;

type Known = { version: number };
type Buyer = { id?: string; name: string; email: string };

/** A shop has ten keys at most. */
let key = '';

/** What the shop's backend and its agents do: pushing orders, offering, deciding. */
class Backend {
  readonly #request: APIRequestContext;

  constructor(request: APIRequestContext) {
    this.#request = request;
  }

  /** An order of two teas and a cup for NT$1,280, shipping included; gives its number. */
  async push(some: object = {}, customer: Buyer = MEMBER): Promise<string> {
    key ||= (await this.#send<{ key: string }>('POST', '/api-keys', { name: 'e2e' }, await this.#agent('otto'))).key;
    const number = `E${randomUUID().slice(0, 8).toUpperCase()}`;
    const items = [
      { product: 'tea', title: '凍頂烏龍茶', quantity: 2, unit_price: 48_000, returnable: true },
      { product: 'cup', title: '手捏陶杯', quantity: 1, unit_price: 26_000, returnable: false },
    ];
    const order = {
      version: 1, customer, items, currency: 'TWD', total: 128_000, shipping: 6000, paid: 128_000, payment_method: 'credit_card',
      created_at: ago(1), paid_at: ago(1), days_to_ship: 90, ...some,
    };
    await this.#send('PUT', `/orders/${number}`, order, key);
    return number;
  }

  overdue(customer?: Buyer): Promise<string> {
    return this.push({ created_at: ago(10), paid_at: ago(10), days_to_ship: 1 }, customer);
  }

  /** A command of an agent on the order as it is. */
  async decide(order: string, name: string, body: object): Promise<void> {
    const token = await this.#agent('mia');
    const { order: known } = await this.#send<{ order: Known }>('GET', `/orders/${order}`, undefined, token);
    await this.#send('POST', `/orders/${order}/${name}`, body, token, { 'if-match': `"${known.version}"` });
  }

  async #agent(agent: string): Promise<string> {
    const answer = await this.#request.post('/local/sign-in', { data: { agent } });
    return ((await answer.json()) as { token: string }).token;
  }

  async #send<T>(method: string, path: string, data: object | undefined, token: string, more: Record<string, string> = {}): Promise<T> {
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID(), ...more };
    const answer = await this.#request.fetch(`${SHOP}${path}`, { method, headers, ...(data && { data }) });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as T;
  }
}

const ago = (days: number): string => new Date(Date.now() - days * DAY).toISOString();

async function visit(page: Page, order: string): Promise<void> {
  await new Shopper(page).visit(`order/${order}`, MEMBER.name);
  await expect(page.getByRole('heading', { name: `訂單編號 ${order}` })).toBeVisible();
}

const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('button', { name }).click();

test('an overdue order is cancelled and refunded at once, after a second press that names the amount', async ({ page, request }) => {
  const order = await new Backend(request).overdue();
  await visit(page, order);
  await expect(page.getByText('已逾期')).toBeVisible();
  await expect(page.getByText(/全額退款 NT\$1,280（含運費）/)).toBeVisible();
  await expectAccessible(page);
  await press(page, '取消訂單並退款');
  await expect(page.getByRole('heading', { name: `確定要取消訂單 ${order}？` })).toBeFocused();
  await press(page, '返回');
  await expect(page.getByRole('button', { name: '取消訂單並退款' })).toBeFocused();
  await press(page, '取消訂單並退款');
  await press(page, '取消訂單 · 退款 NT$1,280');
  await expect(page.getByText('訂單已取消。')).toBeFocused();
  const refund = page.getByRole('region', { name: '退款 NT$1,280' });
  await expect(refund).toContainText('入帳時間（信用卡）：最多 3–4 週');
  await expect(page.getByText('已取消', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: '取消訂單並退款' })).toHaveCount(0);
  await expectAccessible(page);
});

test('the account lists the orders, newest first, and opens one', async ({ page, request }) => {
  const backend = new Backend(request);
  const older = await backend.push({ created_at: ago(3), paid_at: ago(3) });
  const newer = await backend.push();
  await new Shopper(page).visit('account', MEMBER.name);
  const row = page.getByRole('button', { name: `訂單編號 ${newer}` });
  await expect(row).toContainText('凍頂烏龍茶 ×2, 手捏陶杯');
  await expect(row).toContainText('NT$1,280');
  const names = await page.locator('order-care [data-order]').evaluateAll((rows) => rows.map((one) => one.getAttribute('data-order')));
  expect(names.indexOf(newer)).toBeLessThan(names.indexOf(older));
  await row.click();
  await expect(page.getByRole('heading', { name: `訂單編號 ${newer}` })).toBeFocused();
  await expect(page.getByText(/^最遲 .*\d+月\d+日 寄出$/)).toBeVisible();
  await press(page, '返回訂單列表');
  await expect(row).toBeFocused();
});

test('who wants to cancel in time asks, with a reason that says something, and may take it back', async ({ page, request }) => {
  const order = await new Backend(request).push();
  await visit(page, order);
  await press(page, '申請取消訂單');
  await press(page, '送出申請');
  await expect(page.getByLabel('原因')).toBeFocused();
  await page.getByLabel('原因').selectOption({ label: '其他原因' });
  await page.getByLabel('說明').fill('不想要了');
  await press(page, '送出申請');
  await expect(page.getByText('請至少寫 10 個字，目前 4 個字')).toBeVisible();
  await expect(page.getByLabel('說明')).toBeFocused();
  await page.reload();
  await expect(page.getByLabel('說明')).toHaveValue('不想要了');
  await page.getByLabel('說明').fill('朋友已經送了我一個一樣的');
  await press(page, '送出申請');
  await expect(page.getByText('申請已送出')).toBeFocused();
  await expect(page.getByText('等待店鋪回覆')).toBeVisible();
  await expectAccessible(page);
  await press(page, '收回申請');
  await press(page, '收回申請');
  await expect(page.getByText('已撤回')).toBeVisible();
});

test('the shop offers a part and a later date; the customer agrees to one and declines the other', async ({ host, page, request }) => {
  const backend = new Backend(request);
  const order = await backend.push({ days_to_ship: 3 });
  const inquiry = await host.submit('taipei', { ...MEMBER, orders: [order] }, { order, source: 'order' });
  const amount = { minor: 48_000, currency: 'TWD' };
  await backend.decide(order, 'refunds', { amount, reason: 'out_of_stock', detail: '烏龍茶只剩一罐', inquiry });
  const date = new Date(Date.now() + 30 * DAY).toISOString().slice(0, 10);
  await backend.decide(order, 'delay', { date, terms: '附贈提袋', inquiry });
  await visit(page, order);
  await expect(page.getByText('附贈提袋'), 'the terms are an internal note').toHaveCount(0);
  const offers = page.locator('order-care .offer');
  await expect(offers).toHaveCount(2);
  await expectAccessible(page);
  await offers.first().getByRole('button', { name: '同意', exact: true }).click();
  await press(page, '同意 · 退款 NT$480');
  await expect(page.getByText('已送出，店鋪會收到通知。')).toBeFocused();
  await expect(page.getByRole('region', { name: '退款 NT$480' })).toContainText('確認退款');
  await offers.first().getByRole('button', { name: '不同意' }).click();
  await expect(page.getByText('您可以在對話中繼續商量')).toBeVisible();
  await press(page, '不同意');
  await expect(offers).toHaveCount(0);
});

test.describe('a return', () => {
  test.use({ provoked: [/Failed to load resource/] });

  test('needs no reason where the product allows it; an answer lost on the way makes one', async ({ page, request }) => {
    const tracking = { carrier: '黑貓宅急便', number: '908812345566' };
    const order = await new Backend(request).push({ shipped_at: ago(0.9), delivered_at: ago(0.5), tracking });
    await visit(page, order);
    await expect(page.getByText('黑貓宅急便 908812345566')).toBeVisible();
    await press(page, '申請退貨或換貨');
    await press(page, '送出申請');
    await expect(page.getByRole('group', { name: '要退回的商品' })).toBeFocused();
    await page.getByLabel('手捏陶杯').selectOption('1');
    await expect(page.getByText('請至少寫 10 個字')).toBeVisible();
    await page.getByLabel('手捏陶杯').selectOption('0');
    await page.getByLabel('凍頂烏龍茶').selectOption('2');
    await expect(page.getByText('可以不填原因')).toBeVisible();
    await expectAccessible(page);
    const keys: (string | undefined)[] = [];
    const lose = async (route: Route) => {
      keys.push(route.request().headers()['idempotency-key']);
      if (keys.length > 1) return route.continue();
      await route.fetch();
      return route.abort();
    };
    await page.route('**/returns', lose);
    await press(page, '送出申請');
    await expect(page.getByRole('alert').filter({ hasText: '您填寫的內容已保留' })).toBeVisible();
    await press(page, '送出申請');
    await expect(page.getByText('申請已送出')).toBeFocused();
    expect(new Set(keys).size).toBe(1);
    await expect(page.getByRole('region', { name: '退貨' })).toHaveCount(1);
    await expect(page.getByRole('region', { name: '退貨' })).toContainText('凍頂烏龍茶 ×2');
  });

  test('is followed step by step', async ({ page, request }) => {
    const backend = new Backend(request);
    const order = await backend.push({ shipped_at: ago(0.9), delivered_at: ago(0.5) });
    await visit(page, order);
    await press(page, '申請退貨或換貨');
    await page.getByRole('radio', { name: '換貨' }).check();
    await page.getByLabel('凍頂烏龍茶').selectOption('1');
    await press(page, '送出申請');
    await expect(page.getByText('等待店鋪回覆')).toBeVisible();
    await backend.decide(order, 'returns/1', { action: 'accept' });
    await backend.decide(order, 'returns/1', { action: 'arrange_pick_up', details: '明天 14:00–18:00 到府取件' });
    await page.reload();
    const card = page.getByRole('region', { name: '換貨' });
    await expect(card).toContainText('取件：明天 14:00–18:00 到府取件');
    await expect(card.getByRole('listitem').filter({ hasText: '店鋪收到商品' })).toHaveAttribute('aria-current', 'step');
    await backend.decide(order, 'returns/1', { action: 'receive' });
    await backend.decide(order, 'returns/1', { action: 'replace', carrier: '黑貓宅急便', tracking: '908800001111' });
    await page.reload();
    await expect(card).toContainText('黑貓宅急便 908800001111');
    await expect(card.getByRole('button', { name: '收回申請' })).toHaveCount(0);
  });
});

test.describe('what is refused or cannot be reached', () => {
  test.use({ provoked: [/Failed to load resource/] });

  test('an order shipped in the meantime is not cancelled, and shows as it is now', async ({ page, request }) => {
    const backend = new Backend(request);
    const order = await backend.overdue();
    await visit(page, order);
    await press(page, '取消訂單並退款');
    await backend.decide(order, 'ship', { carrier: '黑貓宅急便', tracking: '908812340000' });
    await press(page, '取消訂單 · 退款 NT$1,280');
    await expect(page.getByRole('alert')).toBeFocused();
    await expect(page.getByText('已出貨', { exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: /取消訂單/ })).toHaveCount(0);
  });

  test('offline it says so, and sends once the line is back', async ({ context, page, request }) => {
    const order = await new Backend(request).overdue();
    await visit(page, order);
    await press(page, '取消訂單並退款');
    await context.setOffline(true);
    await press(page, '取消訂單 · 退款 NT$1,280');
    await expect(page.getByRole('alert').filter({ hasText: '目前沒有網路連線' })).toBeVisible();
    await context.setOffline(false);
    await press(page, '取消訂單 · 退款 NT$1,280');
    await expect(page.getByText('訂單已取消。')).toBeVisible();
  });

  test("somebody else's order is not found", async ({ page, request }) => {
    const order = await new Backend(request).push({}, { id: 'm-1002', name: 'Ada Lovelace', email: 'ada@example.com' });
    await new Shopper(page).visit(`order/${order}`, MEMBER.name);
    await expect(page.getByRole('alert').filter({ hasText: '找不到這筆訂單' })).toBeVisible();
    await expect(page.getByText('凍頂烏龍茶')).toHaveCount(0);
    await expectAccessible(page);
  });
});

test('a conversation about an order shows the order, fetched only when somebody looks', async ({ host, page, request }) => {
  const order = await new Backend(request).overdue();
  const subject = `這筆訂單 ${order}`;
  await host.submit('taipei', { ...MEMBER, orders: [order] }, { order, source: 'order', subject });
  const fetched: string[] = [];
  page.on('request', (one) => fetched.push(one.url()));
  await page.route('**/my/orders', (route) => route.fulfill({ json: { orders: [] } }));
  await new Shopper(page).visit('account', MEMBER.name);
  await expect(page.getByText('目前沒有訂單。')).toBeVisible();
  await press(page, '訂單詢問');
  await press(page, new RegExp(subject));
  await expect(page.getByRole('log')).toBeVisible();
  expect(fetched.filter((url) => url.endsWith(`/my/orders/${order}`))).toEqual([]);
  await page.getByText(`訂單 ${order}：進度、退款與退換貨`).click();
  await expect(page.getByRole('button', { name: '取消訂單並退款' })).toBeVisible();
  await expectAccessible(page);
});

test('a guest reaches the order from the link in the mail', async ({ host, page, request }) => {
  const shopper = new Shopper(page);
  const email = shopper.address();
  const order = await new Backend(request).overdue({ name: '林小美', email });
  await shopper.visit('contact');
  await shopper.introduce('林小美', email);
  await page.getByLabel('訂單編號').fill(order);
  await shopper.ask('訂單問題', '已經過了出貨時間，還沒收到。');
  await expect.poll(async () => (await host.mails(email)).length).toBe(1);
  const [confirmation] = await host.mails(email);
  await page.goto(confirmation?.links.find((address) => address.includes('#confirm=')) ?? '');
  await press(page, '確認送出');
  await page.getByText(`訂單 ${order}：進度、退款與退換貨`).click();
  await press(page, '取消訂單並退款');
  await press(page, '取消訂單 · 退款 NT$1,280');
  await expect(page.getByText('訂單已取消。')).toBeFocused();
  await expectAccessible(page);
});

test.describe('on a phone, in the dark', () => {
  test.use({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });

  test('an order and its forms fit, also in English', async ({ page, request }) => {
    const order = await new Backend(request).push({ shipped_at: ago(0.9), delivered_at: ago(0.5) });
    await visit(page, order);
    await page.getByLabel('語言').selectOption('en');
    await press(page, 'Ask for a return or exchange');
    await expect(page.getByRole('heading', { name: 'Ask for a return or exchange' })).toBeFocused();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    const heights = await page.locator('order-care :is(button, select)').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
    await expectAccessible(page);
  });
});
