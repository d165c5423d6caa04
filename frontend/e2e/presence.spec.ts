import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from './support/axe';
import { Desk } from './support/desk';
import { Team } from './support/team';
import { expect, test } from './support/test';

const FOLDER = join(import.meta.dirname, '../../docs/screenshots');

async function picture(page: import('@playwright/test').Page, name: string): Promise<void> {
  await expectAccessible(page);
  if (!process.env['KEFU_SCREENSHOTS']) return;
  mkdirSync(FOLDER, { recursive: true });
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' });
}

test('going online drains the queue oldest first, up to capacity; closing the page goes offline', async ({ host, desk, page, request }) => {
  const team = await Team.of(request, '小甲');
  const me = team.person('小甲');
  await team.only('小甲');
  await team.as('主管', 'PUT', `/agents/${me.id}/desk`, { capacity: 2, categories: ['payment'] });
  const asked: string[] = [];
  for (const subject of ['第一則', '第二則', '第三則']) {
    asked.push(await host.submit(team.shop, host.member('王小明'), { subject, text: subject, category: 'payment' }));
  }
  await desk.signIn(me.nickname);
  await expect(page.getByRole('switch', { name: /接收會話分配/ })).toHaveAttribute('aria-checked', 'true');
  await desk.open(`/${team.shop}/active`);
  const given = async (): Promise<number> => ((await team.read('小甲', '/inquiries?list=mine'))['inquiries'] as unknown[]).length;
  await expect.poll(given).toBe(2);
  await page.reload();
  await desk.settled();
  await expect(desk.row(asked[0] ?? '')).toBeVisible();
  await expect(desk.row(asked[1] ?? '')).toBeVisible();
  await expect(desk.row(asked[2] ?? '')).toHaveCount(0);
  await expect(page.getByText('2/2')).toBeVisible();
  await desk.row(asked[0] ?? '').click();
  await expect(desk.log).toContainText(`系統分配給 ${me.nickname}：唯一可接收的客服（1/2）`);
  await desk.row(asked[1] ?? '').click();
  await expect(desk.log).toContainText(`系統分配給 ${me.nickname}：唯一可接收的客服（2/2）`);
  await desk.row(asked[0] ?? '').click();
  await picture(page, 'presence-assigned-desktop');

  await page.goto('about:blank');
  const online = async (): Promise<unknown> => {
    const { agents } = (await team.read('主管', '/agents')) as { agents: { id: string; online: boolean }[] };
    return agents.find(({ id }) => id === me.id)?.online;
  };
  await expect.poll(online).toBe(false);
});

test('the switch turns receiving off, and Enter takes what waits', async ({ host, desk, page, request }) => {
  const team = await Team.of(request, '小乙');
  await team.only();
  const id = await host.submit(team.shop, host.member('李小美'), { subject: '等人接手' });
  await desk.signIn(team.person('小乙').nickname);
  const toggle = page.getByRole('switch');
  await expect(toggle).toHaveAttribute('aria-checked', 'false');
  await desk.open(`/${team.shop}/unassigned`);
  await expect(desk.row(id)).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(desk.toast('已分配給您')).toBeVisible();
  await toggle.click();
  await expect(toggle).toHaveAttribute('aria-checked', 'true');
});

test.describe('who was faster', () => {
  test.use({ provoked: [/409/] });

  test('is named when two take the same', async ({ host, desk, page, request }) => {
    const team = await Team.of(request, '小丙', '小丁');
    await team.only();
    const id = await host.submit(team.shop, host.member('張大同'), { subject: '大家都想要' });
    await desk.signIn(team.person('小丙').nickname);
    await desk.open(`/${team.shop}/unassigned`);
    await expect(desk.row(id)).toBeVisible();
    const faster = team.person('小丁');
    await team.as('小丁', 'POST', `/inquiries/${id}/assign`, { to: faster.id }, { 'if-match': '"1"' });
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await expect(desk.toast(`已由 ${faster.nickname} 接手`)).toBeVisible();
  });
});

test('a transfer shows who is there, warns, and carries a note; a question stands open until it is answered', async ({ host, desk, page, request }) => {
  const team = await Team.of(request, '小戊', '小己');
  await team.only();
  const [me, other] = [team.person('小戊'), team.person('小己')];
  const id = await host.submit(team.shop, host.member('陳先生'), { subject: '請轉給同事' });
  await team.as('小戊', 'POST', `/inquiries/${id}/assign`, { to: me.id }, { 'if-match': '"1"' });
  await desk.signIn(me.nickname);
  await desk.open(`/${team.shop}/active/${id}`);
  await page.keyboard.press('n');
  await desk.note.fill('這批貨還有庫存嗎？');
  await page.getByLabel('請教').selectOption({ label: `請教 ${other.nickname}` });
  await desk.button('儲存備註').click();
  await expect(page.getByText(`${me.nickname} 請教 ${other.nickname}`).first()).toBeVisible();
  await team.as('小己', 'POST', '/presence', { tab: 'theirs', viewing: id, typing: true });
  await expect(page.getByText(`${other.nickname} 正在輸入…`)).toBeVisible({ timeout: 15_000 });
  await picture(page, 'question-open-desktop');
  await desk.button('標記已回覆').click();
  await expect(desk.toast('已標記為已回覆')).toBeVisible();

  await team.as('小己', 'POST', '/presence', { tab: 'theirs', leaving: true });
  await desk.button('轉移').click();
  await desk.dialog.getByRole('radio', { name: new RegExp(other.nickname) }).check();
  await expect(desk.dialog.getByRole('status')).toHaveText(`${other.nickname} 目前離線、不接收分配，仍可分配。`);
  await desk.dialog.getByLabel(/附註/).fill('熟客，請優先');
  await picture(page, 'transfer-desktop');
  await desk.dialog.getByRole('button', { name: '轉移' }).click();
  await expect(desk.toast(`已分配給 ${other.nickname}`)).toBeVisible();
  const shown = (await team.read('小己', `/inquiries/${id}`)) as { inquiry: { assignee: string }; timeline: { note?: string }[] };
  expect(shown.inquiry.assignee).toBe(other.id);
  expect(shown.timeline.at(-1)?.note).toBe('熟客，請優先');
  await desk.button('復原').click();
  await expect(desk.toast('已復原')).toBeVisible();
  const back = (await team.read('小戊', `/inquiries/${id}`)) as { inquiry: { assignee: string } };
  expect(back.inquiry.assignee).toBe(me.id);
});

test('a department is asked, its people see the question in a list, and a note answers it', async ({ host, desk, page, request }) => {
  const team = await Team.of(request, '小甲', '小乙');
  await team.only();
  const [me, asked] = [team.person('小甲'), team.person('小乙')];
  const shop = (await team.read('店主', '')) as { service_settings: object; settings_version: number };
  const settings = { ...shop.service_settings, departments: [{ name: '倉庫', agents: [asked.id] }] };
  await team.as('店主', 'PUT', '/service-settings', settings, { 'if-match': `"${shop.settings_version}"` });
  const id = await host.submit(team.shop, host.member('林先生'), { subject: '還有貨嗎' });
  await team.as('小甲', 'POST', `/inquiries/${id}/assign`, { to: me.id }, { 'if-match': '"1"' });
  await team.as('小甲', 'POST', `/inquiries/${id}/notes`, { text: '紅色還有幾件？', ask: { department: '倉庫' } });
  await desk.signIn(asked.nickname);
  await desk.open(`/${team.shop}/asked`);
  await desk.row(id).click();
  await expect(page.getByText(`${me.nickname} 請教 倉庫`).first()).toBeVisible();
  await desk.button('以備註回答').click();
  await expect(desk.note).toBeFocused();
  await desk.note.fill('還有三件');
  await desk.button('儲存備註').click();
  await expect(desk.toast('提問已回覆')).toBeVisible();
  await expect(page.getByRole('region', { name: '提問與提醒' })).toHaveCount(0);
  await desk.open(`/${team.shop}/active`);
  await desk.open(`/${team.shop}/asked`);
  await expect(page.getByText('沒有等您回覆的提問')).toBeVisible();
});

test('a supervisor sees what absent agents have', async ({ host, desk, request }) => {
  const team = await Team.of(request, '小庚');
  await team.only();
  const id = await host.submit(team.shop, host.member('黃小姐'), { subject: '他不在' });
  const absent = team.person('小庚');
  await team.as('主管', 'POST', `/inquiries/${id}/assign`, { to: absent.id }, { 'if-match': '"1"' });
  await desk.signIn(team.person('主管').nickname);
  await desk.open(`/${team.shop}/absent`);
  await expect(desk.row(id)).toBeVisible();
  await expect(new Desk(desk.page).tab('離線同事的')).toBeVisible();
});
