import { createHash } from 'node:crypto';
import type { Page, Request } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { Desk } from './support/desk';
import { Team } from './support/team';
import { expect, test } from './support/test';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

const isRenewal = (asked: Request): boolean => asked.url().endsWith('/token') && (asked.postData() ?? '').includes('grant_type=refresh_token');

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
    await team.advance(17 * MINUTE);
    const renewed = page.waitForRequest(isRenewal);
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
    await expectAccessible(page);
    await page.getByRole('button', { name: '登入', exact: true }).click();
    await page.getByRole('button', { name: `以 ${me.nickname} 登入` }).click();
    await expect(desk.reply).toHaveValue('寫到一半');
  });
});

test.describe('when a membership ends', () => {
  test.use({ provoked: [/status of 404/] });

  test('the shop is closed to the page and to the API, which is said, and drafts stay', async ({ desk, host, page, request }) => {
    const team = await Team.of(request, '小丙', '小丁');
    await team.only();
    const me = team.person('小丙');
    const id = await host.submit(team.shop, host.member('李離開'));
    await team.as('主管', 'POST', `/inquiries/${id}/assign`, { to: me.id }, { 'if-match': '"1"' });
    await desk.signIn(me.nickname);
    await desk.open(`/${team.shop}/active/${id}`);
    await desk.reply.fill('來不及送出');
    await expect(page.getByText('草稿已存在這台裝置')).toBeVisible();
    await team.remove('小丙');
    const said = page.getByRole('alert').filter({ hasText: '您已不再是「小隊商店」的成員' });
    await expect(said).toBeVisible({ timeout: 30_000 });
    await expect(said).toContainText('草稿仍保留在這台裝置上');
    await expect(desk.log).toHaveCount(0);
    await expectAccessible(page);
    const headers = { authorization: `Bearer ${me.token}` };
    expect((await request.get(`/v1/shops/${team.shop}/inquiries?list=mine`, { headers })).status()).toBe(404);
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).toContain('來不及送出');
  });
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
  const signOut = async (): Promise<void> => {
    await desk.button('個人選單').click();
    await page.getByRole('menuitem', { name: '登出' }).click();
  };
  await signOut();
  await desk.dialog.getByRole('button', { name: '繼續編輯' }).click();
  await expect(page.getByLabel('對話中幾小時未跟進就提醒')).toHaveValue('12');
  await signOut();
  await desk.dialog.getByRole('button', { name: '放棄變更' }).click();
  await expect(page.getByText('您已登出。')).toBeVisible();
  await expectAccessible(page);
  await expect(second.page.getByText('您已登出。')).toBeVisible();

  await page.getByRole('button', { name: '登入', exact: true }).click();
  await expect(page.getByRole('button', { name: `以 ${owner.nickname} 登入` })).toBeVisible();
});
