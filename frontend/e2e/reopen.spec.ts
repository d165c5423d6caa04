import { type APIRequestContext, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { type Host } from './support/host';
import { Team } from './support/team';
import { expect, test } from './support/test';

const WEEK = 7 * 24 * 3600;
const FORGED = '/guest/#reopen=forged&shop=taipei';
const PRESS = '**/inquiries/reopen';

type Abandoned = { shop: string; id: string; supervisor: string; link: string };

/** An inquiry that nobody answered for seven days, and the link of the mail that says sorry. */
async function abandoned(host: Host, request: APIRequestContext): Promise<Abandoned> {
  const team = await Team.of(request, '小辛');
  await team.only();
  const member = host.member('林小美');
  const id = await host.submit(team.shop, member, { subject: '付款失敗', category: 'payment' });
  await team.advance(WEEK);
  // Other tests' mails may be sent before it.
  await expect.poll(async () => (await host.mails(member.email)).length).toBe(1);
  const [mail] = await host.mails(member.email);
  const link = mail?.links.find((address) => address.includes('#reopen=')) ?? '';
  return { shop: team.shop, id, supervisor: team.person('主管').id, link };
}

const button = (page: Page) => page.getByRole('button', { name: '重新開啟這則詢問' });
const done = (page: Page) => page.getByRole('heading', { name: '已重新開啟' });

test('opening the link changes nothing; its one button re-opens, however often it is pressed', async ({ host, page, request }) => {
  const { shop, id, supervisor, link } = await abandoned(host, request);
  const presses: string[] = [];
  page.on('request', (sent) => sent.method() === 'POST' && presses.push(sent.headers()['idempotency-key'] ?? ''));
  await page.goto(link);
  await expect(button(page)).toBeVisible();
  expect(page.url()).not.toContain('reopen');
  await expectAccessible(page);
  expect(presses).toEqual([]);
  expect((await host.show(shop, id, supervisor)).status).toBe('replied');

  await button(page).dblclick();
  await expect(done(page)).toBeFocused();
  await expect(page.getByText(/編號 [0-9A-Z]{4}-[0-9A-Z]{4}。/)).toBeVisible();
  await expectAccessible(page);
  expect(presses).toHaveLength(1);
  const { status, version } = await host.show(shop, id, supervisor);
  expect(status).toBe('awaiting_reply');

  await page.reload();
  await expect(done(page)).toBeVisible();
  expect(presses).toHaveLength(1);
  await page.goto(link);
  await button(page).click();
  await expect(done(page)).toBeVisible();
  expect(await host.show(shop, id, supervisor)).toMatchObject({ status, version });
});

test.describe('when the network fails', () => {
  test.use({ provoked: [/ERR_FAILED|ERR_CONNECTION_RESET/] });

  test('a press whose answer is lost can be repeated, and counts once', async ({ host, page, request }) => {
    const { shop, id, supervisor, link } = await abandoned(host, request);
    const keys: string[] = [];
    await page.route(PRESS, async (route) => {
      keys.push(route.request().headers()['idempotency-key'] ?? '');
      if (keys.length > 1) return route.continue();
      await route.fetch();
      return route.abort('connectionreset');
    });
    await page.goto(link);
    await button(page).click();
    await expect(page.getByRole('heading', { name: '暫時無法開啟' })).toBeFocused();
    await expectAccessible(page);
    const { version } = await host.show(shop, id, supervisor);
    await page.getByRole('button', { name: '重試' }).click();
    await expect(done(page)).toBeVisible();
    expect(keys).toEqual([keys[0], keys[0]]);
    expect((await host.show(shop, id, supervisor)).version).toBe(version);
  });
});

test.describe('a link that does not hold', () => {
  test.use({ provoked: [/40[19]/] });

  test('says so in three languages, and offers to ask anew', async ({ page }) => {
    await page.goto(FORGED);
    await button(page).click();
    await expect(page.getByRole('heading', { name: '這個連結已失效' })).toBeVisible();
    await expect(page.getByLabel('留言內容')).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel('語言').selectOption('en');
    await expect(page.getByText('This link holds for 30 days')).toBeVisible();
    await page.getByLabel('Language').selectOption('zh-Hans');
    await expect(page.getByText('这个链接在 30 天内有效')).toBeVisible();
  });

  test('of an inquiry that is locked offers to ask anew, of a merged one does not', async ({ page }) => {
    const refuse = (code: string) =>
      page.route(PRESS, (route) => route.fulfill({ status: 409, contentType: 'application/problem+json', json: { code } }), { times: 1 });
    await refuse('inquiry_locked');
    await page.goto(FORGED);
    await button(page).click();
    await expect(page.getByRole('heading', { name: '這則詢問已鎖定' })).toBeVisible();
    await expect(page.getByText('結束已超過 30 天')).toBeVisible();
    await expect(page.getByLabel('留言內容')).toBeVisible();
    await expectAccessible(page);

    await refuse('inquiry_merged');
    await page.goto(FORGED);
    await button(page).click();
    await expect(page.getByText('它已併入您的另一則詢問')).toBeVisible();
    await expect(page.getByLabel('留言內容')).toBeHidden();
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, provoked: [/401/] });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the page fits and is accessible, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      const width = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth);
      await page.goto(FORGED);
      await expect(button(page)).toBeInViewport();
      expect((await button(page).boundingBox())?.height).toBeGreaterThanOrEqual(44);
      expect(await width()).toBeLessThanOrEqual(390);
      await expectAccessible(page);
      await button(page).tap();
      await expect(page.getByLabel('留言內容')).toBeVisible();
      expect(await width()).toBeLessThanOrEqual(390);
      await expectAccessible(page);
    });
  }
});
