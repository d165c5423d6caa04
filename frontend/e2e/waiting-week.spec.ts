import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from './support/axe';
import { Team } from './support/team';
import { expect, test } from './support/test';

const FOLDER = join(import.meta.dirname, '../../docs/screenshots');
// The clock is moved beyond what a sign-in lives, and beyond what renews it.
test.use({ provoked: [/status of 40[01]/] });

const HOUR = 3600;
const DAY = 24 * HOUR;

test('an inquiry left alone for seven days goes through the ladder, and its customer re-opens it', async ({ host, desk, page, request }, { project }) => {
  const picture = async (name: string): Promise<void> => {
    await expectAccessible(page);
    if (!process.env['KEFU_SCREENSHOTS']) return;
    mkdirSync(FOLDER, { recursive: true });
    await page.screenshot({ path: join(FOLDER, `${name}-${project.name}.png`), animations: 'disabled' });
  };
  const team = await Team.of(request, '小辛');
  await team.only();
  const me = team.person('小辛');
  const member = host.member('林小美');
  const id = await host.submit(team.shop, member, { subject: '付款失敗', category: 'payment' });
  await team.as('主管', 'POST', `/inquiries/${id}/assign`, { to: me.id }, { 'if-match': '"1"' });
  await team.advance(4 * HOUR);
  await desk.signIn(me.nickname);
  await desk.open(`/${team.shop}/overdue`);
  await expect(desk.row(id)).toContainText('逾期');
  await team.advance(17 * HOUR);
  await desk.signIn(me.nickname);
  await desk.open(`/${team.shop}/expiring/${id}`);
  await expect(desk.log).toContainText('20 小時未回覆，即將過期');
  await picture('ladder-expiring');

  await team.advance(7 * DAY);
  const apology = async () => (await host.mails(member.email)).find(({ subject }) => subject.includes('很抱歉'));
  await expect.poll(async () => (await apology()) !== undefined).toBe(true);
  const mail = await apology();
  await page.goto(mail?.links.find((address) => address.includes('#reopen=')) ?? '');
  const button = page.getByRole('button', { name: '重新開啟這則詢問' });
  await expect(button).toBeVisible();
  await picture('ladder-customer-reopens');
  await button.click();
  await expect(page.getByRole('heading', { name: '已重新開啟' })).toBeVisible();

  await desk.signIn(team.person('主管').nickname);
  await desk.open(`/${team.shop}/unassigned/${id}`);
  await expect(desk.log).toContainText('7 天未回覆，系統自動結束');
  await expect(desk.log).toContainText('由郵件重新開啟');
  await picture('ladder-reopened');
  await desk.open(`/${team.shop}/unassigned`);
  await page.getByRole('button', { name: /新通知|通知/ }).first().click();
  await expect(page.getByText('7 天未回覆，已自動關閉')).toBeVisible();
  await picture('bell');
});
