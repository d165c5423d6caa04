import { createHash } from 'node:crypto';
import type { Page, Request } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { Desk } from './support/desk';
import { Team } from './support/team';
import { expect, test } from './support/test';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

const isRenewal = (asked: Request): boolean => asked.url().endsWith('/token') && (asked.postData() ?? '').includes('grant_type=refresh_token');

async function signOut(desk: Desk): Promise<void> {
  await desk.button('個人選單').click();
  await desk.page.getByRole('menuitem', { name: '登出' }).click();
}

const listed = (page: Page) => page.getByRole('navigation', { name: '詢問列表' });

test('a code comes with a challenge, is good once, and nothing of it stays in the browser', async ({ desk, page, request }) => {
  const asked = page.waitForRequest(/\/authorize\?/);
  const exchanged = page.waitForRequest(/\/issuer\/token$/);
  await desk.signIn('小米');
  const { searchParams } = new URL((await asked).url());
  expect(searchParams.get('code_challenge_method')).toBe('S256');
  const sent = Object.fromEntries(new URLSearchParams((await exchanged).postData() ?? ''));
  const digest = createHash('sha256').update(sent['code_verifier'] ?? '').digest('base64url');
  expect(searchParams.get('code_challenge')).toBe(digest);
  await expect(page).toHaveURL(/\/admin\/#\/taipei\/active$/);
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
  expect(kept).not.toMatch(/eyJ|verifier/);

  const replayed = await request.post('/local/issuer/token', { form: sent });
  expect(replayed.status()).toBe(400);
  expect(await replayed.json()).toEqual({ error: 'invalid_grant' });
});

test('a reload and a second page are signed in without a question, where the person was', async ({ context, desk, page }) => {
  await desk.signIn('小米');
  await desk.open('/taipei/unassigned?sort=latest');
  await page.reload();
  await expect(listed(page)).toBeVisible();
  await expect(page).toHaveURL(/\/admin\/#\/taipei\/unassigned\?sort=latest$/);
  const second = await context.newPage();
  await second.goto('/admin/#/taipei/history');
  await expect(listed(second)).toBeVisible();
  await expect(second).toHaveURL(/\/admin\/#\/taipei\/history$/);
});

test('a token is renewed before its end', async ({ desk, page }) => {
  await page.addInitScript(() => {
    const { now } = Date;
    let ahead = 0;
    Object.assign(globalThis, { moveAhead: (ms: number) => (ahead += ms) });
    Date.now = () => now.call(Date) + ahead;
  });
  await desk.signIn('小米');
  const renewed = page.waitForRequest(isRenewal);
  await page.evaluate((ms) => (globalThis as unknown as { moveAhead: (ms: number) => void }).moveAhead(ms), 14.5 * MINUTE * 1000);
  await desk.open('/taipei/unassigned');
  await renewed;
  await expect(listed(page)).toBeVisible();
});

test.describe('past the end of a token', () => {
  test.use({ provoked: [/status of 40[01]/] });

  test('the next question renews it, and nobody notices', async ({ desk, page, request }) => {
    const team = await Team.of(request, '小甲');
    await desk.signIn(team.person('小甲').nickname);
    const renewed = page.waitForRequest(isRenewal);
    await team.advance(17 * MINUTE);
    await desk.open(`/${team.shop}/history`);
    await renewed;
    await desk.settled();
    await expect(listed(page)).toBeVisible();
  });

  test('after a working day the page asks to sign in again, and the draft is there', async ({ desk, host, page, request }) => {
    const team = await Team.of(request, '小乙');
    await team.only();
    const me = team.person('小乙');
    const id = await host.submit(team.shop, host.member('王草稿'));
    await team.as('主管', 'POST', `/inquiries/${id}/assign`, { to: me.id }, { 'if-match': '"1"' });
    await desk.signIn(me.nickname);
    await desk.open(`/${team.shop}/active/${id}`);
    await desk.reply.fill('寫到一半');
    await expect(page.getByText('草稿已存在這台裝置')).toBeVisible();
    await team.advance(13 * HOUR);
    await expect(page.getByText('登入已過期')).toBeVisible({ timeout: 20_000 });
    const heading = page.getByRole('heading', { name: '登入客服後台' });
    await expect(heading).toBeFocused();
    await expect(heading).toHaveAccessibleDescription(/登入已過期/);
    await expectAccessible(page);
    await page.getByRole('button', { name: '登入', exact: true }).click();
    await page.getByRole('button', { name: `以 ${me.nickname} 登入` }).click();
    await expect(desk.reply).toHaveValue('寫到一半');
  });
});

for (const [where, width] of [['on a desktop', 1280], ['on a phone', 390]] as const) test.describe(`when a membership ends ${where}`, () => {
  test.use({ provoked: [/status of 404/], viewport: { width, height: 844 } });

  test('the shop is closed to the page and to the API, which is said, and drafts stay', async ({ desk, host, page, request }) => {
    const team = await Team.of(request, '小丙', '小丁');
    await team.only();
    const me = team.person('小丙');
    const id = await host.submit(team.shop, host.member('李離開'));
    await team.as('主管', 'POST', `/inquiries/${id}/assign`, { to: me.id }, { 'if-match': '"1"' });
    await desk.signIn(me.nickname);
    await desk.open(`/${team.shop}/active/${id}`);
    await desk.reply.fill('來不及送出');
    const kept = (): Promise<string> => page.evaluate(() => JSON.stringify({ ...localStorage }));
    await expect.poll(kept).toContain('來不及送出');
    await team.remove('小丙');
    const said = page.getByRole('alert').filter({ hasText: '您已不再是「小隊商店」的成員' });
    await expect(said).toBeVisible({ timeout: 30_000 });
    await expect(said).toContainText('草稿仍保留在這台裝置上');
    await expect(desk.log).toHaveCount(0);
    // What is left leads on, and offers nothing of the shop.
    await expect(page.getByRole('navigation', { name: '主選單' })).toBeVisible();
    await expect(page.getByRole('button', { name: '切換店鋪: 小隊商店' })).toBeVisible();
    await expect(page.getByRole('switch')).toHaveCount(0);
    await expectAccessible(page);
    const headers = { authorization: `Bearer ${me.token}` };
    expect((await request.get(`/v1/shops/${team.shop}/inquiries?list=mine`, { headers })).status()).toBe(404);
    expect(await kept()).toContain('來不及送出');
    // Without any shop the page does not hide its way out either.
    await page.reload();
    await expect(page.getByText('沒有可使用的店鋪')).toBeVisible();
    await expect(page.getByRole('button', { name: '切換店鋪: Kefu 客服' })).toBeVisible();
    await expect(page.getByRole('navigation', { name: '主選單' })).toBeVisible();
  });
});

test.describe('a return that fails', () => {
  test.use({ provoked: [/status of 401|ERR_FAILED/] });

  test('keeps the place, where the issuer cannot be reached and where it says no', async ({ desk, page }) => {
    await desk.signIn('小米');
    await desk.open('/taipei/history');
    await page.route('**/local/issuer/token', (route) => route.abort());
    await page.reload();
    await expect(page.getByRole('heading', { name: '無法連上伺服器' })).toBeVisible();
    await expect(page).toHaveURL(/\/admin\/#\/taipei\/history$/);
    await page.unroute('**/local/issuer/token');
    await page.getByRole('button', { name: '重試' }).click();
    await expect(listed(page)).toBeVisible();
    await expect(page).toHaveURL(/\/admin\/#\/taipei\/history$/);

    await page.route('**/local/issuer/authorize?*', async (route) => {
      const asked = new URL(route.request().url()).searchParams;
      const answer = new URLSearchParams({ error: 'access_denied', state: asked.get('state') ?? '', iss: `${new URL(page.url()).origin}/local/issuer` });
      await route.fulfill({ status: 302, headers: { location: `${asked.get('redirect_uri')}?${answer}` } });
    });
    await page.reload();
    await expect(page.getByText('登入沒有完成，請再試一次。')).toBeVisible();
    await expect(page).toHaveURL(/\/admin\/#\/taipei\/history$/);
    await page.unroute('**/local/issuer/authorize?*');
    await page.getByRole('button', { name: '登入', exact: true }).click();
    await expect(listed(page)).toBeVisible();
    await expect(page).toHaveURL(/\/admin\/#\/taipei\/history$/);
  });

  test('is not tried again by itself, where this tab did not ask and where the API knows no such agent', async ({ desk, page }) => {
    await desk.signIn('小米');
    const asked: string[] = [];
    page.on('request', (request) => request.url().includes('/authorize?') && asked.push(request.url()));
    await page.goto('/admin/?code=strange&state=strange');
    await expect(page.getByText('登入沒有完成，請再試一次。')).toBeVisible();
    await expect(page).toHaveURL(/\/admin\/$/);
    expect(asked).toEqual([]);

    await page.route('**/v1/session', (route) => route.fulfill({ status: 401, json: { code: 'unauthorized', title: 'no', status: 401 } }));
    await page.getByRole('button', { name: '登入', exact: true }).click();
    await expect.poll(() => asked.length).toBe(1);
    await expect(page.getByText('登入沒有完成，請再試一次。')).toBeVisible();
    await expect(page).toHaveURL(/\/admin\/$/);
    expect(asked).toHaveLength(1);
  });
});

test('a tab that may keep nothing says so', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, 'sessionStorage', {
      get: () => {
        throw new DOMException('blocked', 'SecurityError');
      },
    });
  });
  await page.goto('/admin/');
  await expect(page.getByRole('status').filter({ hasText: '登入需要這個分頁的儲存空間' })).toBeVisible();
  await page.getByRole('button', { name: '登入', exact: true }).click();
  await expect(page.getByRole('button', { name: '登入', exact: true })).toBeEnabled();
  await expectAccessible(page);
});

test('signing out asks about what is unsaved, and ends the sign-in here, in other pages and at the issuer', async ({ context, desk, page, request }) => {
  const team = await Team.of(request, '小戊');
  const owner = team.person('店主');
  await desk.signIn(owner.nickname);
  const second = new Desk(await context.newPage());
  await second.page.goto('/admin/');
  await expect(listed(second.page)).toBeVisible();

  await desk.open(`/${team.shop}/settings/service`);
  await page.getByLabel('對話中幾小時未跟進就提醒').fill('12');
  await signOut(desk);
  await desk.dialog.getByRole('button', { name: '繼續編輯' }).click();
  await expect(page.getByLabel('對話中幾小時未跟進就提醒')).toHaveValue('12');
  await signOut(desk);
  await desk.dialog.getByRole('button', { name: '放棄變更' }).click();
  await expect(page).toHaveURL(/\/admin\/$/);
  await expect(page.getByText('您已登出。')).toBeVisible();
  await expectAccessible(page);
  await expect(second.page.getByText('您已登出。')).toBeVisible();

  await page.getByRole('button', { name: '登入', exact: true }).click();
  await expect(page.getByRole('button', { name: `以 ${owner.nickname} 登入` })).toBeVisible();
});

test('signing out gives back what renews, and holds where the issuer remembers who it was', async ({ desk, page }) => {
  await page.route('**/.well-known/openid-configuration', async (route) => {
    const { end_session_endpoint: _, ...said } = (await (await route.fetch()).json()) as Record<string, unknown>;
    await route.fulfill({ json: { ...said, revocation_endpoint: `${String(said['issuer'])}/revoke` } });
  });
  await page.route('**/local/issuer/revoke', (route) => route.fulfill({ status: 200 }));
  await desk.signIn('小米');
  const given = page.waitForRequest(/\/issuer\/revoke$/);
  await signOut(desk);
  const { token, client_id: client } = Object.fromEntries(new URLSearchParams((await given).postData() ?? ''));
  expect(client).toBe('kefu-local');
  expect(token).toBeTruthy();
  for (const _ of ['at once', 'after a reload', 'after another']) {
    await expect(page.getByText('您已登出。')).toBeVisible();
    await page.reload();
  }
  await page.getByRole('button', { name: '登入', exact: true }).click();
  await expect(listed(page)).toBeVisible();
});

test('signing out leaves pages of somebody else alone', async ({ context, desk, page, request }) => {
  const team = await Team.of(request, '小己');
  await desk.signIn(team.person('店主').nickname);
  const other = new Desk(await context.newPage());
  await other.signIn(team.person('小己').nickname);
  const said = other.page.evaluate(() => new Promise((resolve) => {
    new BroadcastChannel('kefu-session').addEventListener('message', resolve, { once: true });
  }).then(() => true));
  await signOut(desk);
  await expect(page.getByText('您已登出。')).toBeVisible();
  expect(await said).toBe(true);
  await expect(listed(other.page)).toBeVisible();
});
