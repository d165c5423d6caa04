import { Desk } from './support/desk';
import { expectAccessible } from './support/axe';
import { Team } from './support/team';
import { expect, test } from './support/test';

test('closing one of two pages leaves a person online; closing the other one does not', async ({ context, desk, page, request }) => {
  const team = await Team.of(request, '小子', '小丑');
  const me = team.person('小子');
  const online = async (): Promise<unknown> => {
    const { agents } = (await team.read('主管', '/agents')) as { agents: { id: string; online: boolean }[] };
    return agents.find(({ id }) => id === me.id)?.online;
  };
  await desk.signIn(me.nickname);
  const second = new Desk(await context.newPage());
  await second.signIn(me.nickname);
  await expect(second.page.getByRole('switch')).toBeVisible();
  const said = page.waitForResponse((answer) => answer.url().endsWith('/presence'));
  await second.page.goto('about:blank');
  await said;
  expect(await online()).toBe(true);
  await page.goto('about:blank');
  await expect.poll(online).toBe(false);

  await page.goto('/admin/');
  await expect.poll(online).toBe(true);
  await desk.button('個人選單').click();
  await page.getByRole('menuitem', { name: '登出' }).click();
  await expect.poll(online).toBe(false);
});

test('opening and typing are told at once, and shown to whoever looks at the same', async ({ browser, desk, host, request }) => {
  const team = await Team.of(request, '小寅', '小卯');
  await team.only();
  const [me, other] = [team.person('小寅'), team.person('小卯')];
  const id = await host.submit(team.shop, host.member('蔡先生'));
  await team.as('小寅', 'POST', `/inquiries/${id}/assign`, { to: me.id }, { 'if-match': '"1"' });
  await desk.signIn(me.nickname);
  await desk.open(`/${team.shop}/active/${id}`);
  await expect(desk.log).toBeVisible();
  /** Whether the others hear that this agent types in it; nothing while not even looking is told. */
  const typing = async (): Promise<unknown> => {
    const { agents } = (await team.read('小卯', '/agents')) as { agents: { id: string; viewing?: string; typing?: boolean }[] };
    const looking = agents.find(({ id: agent, viewing }) => agent === me.id && viewing === id);
    return looking && (looking.typing ?? false);
  };
  await expect.poll(typing).toBe(false);
  const theirs = new Desk(await browser.newPage());
  await theirs.signIn(other.nickname);
  await theirs.open(`/${team.shop}/unassigned/${id}`);
  await expect(theirs.page.getByText(`${me.nickname} 正在檢視`)).toBeVisible();
  await desk.reply.pressSequentially('您好', { delay: 50 });
  await expect.poll(typing).toBe(true);
  await desk.button('送出並通知會員').click();
  await expect.poll(typing).toBe(false);
  await theirs.page.context().close();
});

test('an inquiry is put aside by keyboard, shows until when, and undo takes it back', async ({ desk, host, page, request }) => {
  const team = await Team.of(request, '小辰', '小巳');
  await team.only();
  const me = team.person('小辰');
  const id = await host.submit(team.shop, host.member('許小姐'), { subject: '下週再聯絡' });
  await team.as('小辰', 'POST', `/inquiries/${id}/assign`, { to: me.id }, { 'if-match': '"1"' });
  await desk.signIn(me.nickname);
  await desk.open(`/${team.shop}/active/${id}`);
  await expect(desk.log).toBeVisible();
  await page.keyboard.press('s');
  const tomorrow = page.getByRole('menuitem', { name: /明天早上/ });
  await expect(tomorrow).toContainText('09:00');
  await expectAccessible(page);
  await tomorrow.click();
  await expect(desk.toast('已設為稍後處理')).toBeVisible();
  await expect(page.getByRole('region', { name: '提問與提醒' })).toContainText('稍後處理到');
  await expect(desk.row(id)).toHaveCount(0);
  await desk.open(`/${team.shop}/snoozed/${id}`);
  await expect(desk.row(id)).toContainText('稍後：');
  await expectAccessible(page);
  await desk.button('復原').click();
  await expect(desk.toast('已復原')).toBeVisible();
  await desk.open(`/${team.shop}/active/${id}`);
  await expect(desk.row(id)).toBeVisible();

  await page.keyboard.press('s');
  await page.getByRole('menuitem', { name: /自訂時間/ }).click();
  await desk.dialog.getByLabel('日期').fill('2020-01-01');
  await expect(desk.dialog.getByRole('alert').filter({ hasText: '請選擇未來的時間' })).toBeVisible();
  await desk.dialog.getByLabel('時間（24 小時制）').fill('中午');
  await expect(desk.dialog.getByRole('alert').filter({ hasText: '請輸入日期與時間' })).toBeVisible();
  await expectAccessible(page);
  const day = await page.evaluate(() => new Date(Date.now() + 30 * 24 * 3600 * 1000).toISOString().slice(0, 10));
  await desk.dialog.getByLabel('日期').fill(day);
  await desk.dialog.getByLabel('時間（24 小時制）').fill('2130');
  await desk.dialog.getByRole('button', { name: '稍後處理' }).click();
  await expect(desk.toast('已設為稍後處理')).toContainText('21:30');
});

test.describe('for whoever is elsewhere', () => {
  test.use({ timezoneId: 'America/New_York' });

  test('the times to come back are those of the shop', async ({ desk, host, page, request }) => {
    const team = await Team.of(request, '小午', '小未');
    await team.only();
    const me = team.person('小午');
    const id = await host.submit(team.shop, host.member('何先生'));
    await team.as('小午', 'POST', `/inquiries/${id}/assign`, { to: me.id }, { 'if-match': '"1"' });
    await desk.signIn(me.nickname);
    await desk.open(`/${team.shop}/active/${id}`);
    await desk.actions.getByRole('button', { name: '稍後處理' }).click();
    await expect(page.getByText('依店鋪時區（Asia/Taipei）')).toBeVisible();
    await page.getByRole('menuitem', { name: /明天早上/ }).click();
    await expect(desk.toast('已設為稍後處理')).toBeVisible();
    const { inquiry } = (await team.read('小午', `/inquiries/${id}`)) as { inquiry: { snoozed_until: string } };
    expect(inquiry.snoozed_until).toContain('T01:00:00');
  });
});

test.describe('who was slower', () => {
  test.use({ provoked: [/409/] });

  test('sees the row go, and whose it is', async ({ desk, host, page, request }) => {
    const team = await Team.of(request, '小申', '小酉');
    await team.only();
    const faster = team.person('小酉');
    const id = await host.submit(team.shop, host.member('曾小姐'));
    await desk.signIn(team.person('小申').nickname);
    await desk.open(`/${team.shop}/unassigned`);
    await expect(desk.row(id)).toBeVisible();
    await team.as('小酉', 'POST', `/inquiries/${id}/assign`, { to: faster.id }, { 'if-match': '"1"' });
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await expect(desk.toast(`已由 ${faster.nickname} 接手`)).toBeVisible();
    await expect(desk.row(id)).toHaveCount(0);
    await expect(desk.log).toHaveCount(0);
  });
});

test('a supervisor sees where each agent stands, and the warning goes into what is said', async ({ desk, host, page, request }) => {
  const team = await Team.of(request, '小戌', '小亥');
  await team.only();
  const away = team.person('小亥');
  const id = await host.submit(team.shop, host.member('羅先生'));
  await desk.signIn(team.person('主管').nickname);
  await desk.open(`/${team.shop}/all/${id}`);
  await desk.actions.getByRole('button', { name: '更多' }).click();
  await page.getByRole('menuitem', { name: '分配' }).click();
  const choice = desk.dialog.getByRole('radio', { name: new RegExp(away.nickname) });
  await expect(choice).toHaveAccessibleName(/離線.*不接收.*0\/10/);
  await choice.check();
  await expectAccessible(page);
  await desk.dialog.getByRole('button', { name: '分配' }).click();
  await expect(desk.toast(`已分配給 ${away.nickname}`)).toContainText('目前離線');
  await desk.button('篩選').click();
  await expect(page.getByLabel('客服').getByRole('option', { name: `${away.nickname}（離線，1/10）` })).toBeAttached();
});
