import { expect, test } from './support/test';

test('signing in shows who may, and only their shops and lists', async ({ desk, page }) => {
  await page.goto('/admin/');
  for (const name of ['小米', '阿樂', '淑芬', '歐老闆', '諾拉']) {
    await expect(page.getByRole('button', { name: `以 ${name} 登入` })).toBeVisible();
  }
  await desk.signIn('小米');
  await expect(desk.tab('未分配')).toBeVisible();
  await expect(desk.tab('全部')).toHaveCount(0);
  await expect(page).toHaveURL(/#\/taipei\/active$/);
  await page.reload();
  await expect(desk.tab('進行中')).toBeVisible();
});

test('a supervisor has the whole list', async ({ desk, host }) => {
  const id = await host.submit('taipei', host.member('陳全部'));
  await desk.signIn('淑芬');
  await desk.tab('全部').click();
  await desk.open('/taipei/all?sort=latest');
  await expect(desk.row(id)).toBeVisible();
});

test('a shop with one agent shows no unassigned list', async ({ desk, host }) => {
  const id = await host.submit('lantern', host.member('林一人'));
  await desk.signIn('諾拉');
  await desk.open('/lantern/active?sort=latest');
  await expect(desk.row(id)).toBeVisible();
  await expect(desk.tab('未分配')).toHaveCount(0);
});

test('Enter takes an unassigned inquiry, and undo puts it back', async ({ desk, host, page }) => {
  const id = await host.submit('taipei', host.member('王接手'));
  await desk.signIn('小米');
  await desk.open('/taipei/unassigned?sort=latest');
  await expect(desk.row(id)).toBeVisible();
  await page.keyboard.press('j');
  await expect(desk.row(id)).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('Enter');
  await expect(desk.toast('已分配給您')).toBeVisible();
  await expect(desk.row(id)).toHaveCount(0);
  expect((await host.show('taipei', id, 'mia')).assignee).toBe('mia');
  await desk.button('復原').click();
  await expect(desk.toast('已復原')).toBeVisible();
  expect((await host.show('taipei', id, 'mia')).assignee).toBeUndefined();
});

test('filters live in the address, show as chips and are cleared at once', async ({ desk, host, page }) => {
  const refund = await host.submit('taipei', host.member('篩選甲'), { category: 'refund', subject: '退款多久' });
  const other = await host.submit('taipei', host.member('篩選乙'), { category: 'warranty', subject: '保固多久' });
  await desk.signIn('小米');
  await desk.open('/taipei/unassigned?sort=latest');
  await expect(desk.row(other)).toBeVisible();
  await page.keyboard.press('/');
  await page.getByLabel('類型').selectOption('refund');
  await expect(desk.row(other)).toHaveCount(0);
  await expect(desk.row(refund)).toBeVisible();
  await expect(page).toHaveURL(/category=refund/);
  await desk.button('移除篩選:退款').or(desk.button('移除篩選：退款')).click();
  await expect(desk.row(other)).toBeVisible();
  await page.getByLabel('優先').selectOption('urgent');
  await expect(desk.row(other)).toHaveCount(0);
  await page.locator('.chips').getByRole('button', { name: '清除' }).click();
  await expect(desk.row(other)).toBeVisible();
});

test('the back button walks through lists and conversations', async ({ desk, host, page }) => {
  const id = await host.submit('taipei', host.member('返回'));
  await desk.signIn('小米');
  await desk.open('/taipei/unassigned?sort=latest');
  await desk.row(id).click();
  await expect(desk.log).toBeVisible();
  await page.goBack();
  await expect(desk.log).toHaveCount(0);
  await expect(page).toHaveURL(/unassigned\?sort=latest$/);
});

test('arrivals appear without a reload, and wait while the pointer is on the list', async ({ desk, host, page }) => {
  const first = await host.submit('taipei', host.member('先到'));
  await desk.signIn('小米');
  await desk.open('/taipei/unassigned?sort=latest');
  await desk.row(first).hover();
  const second = await host.submit('taipei', host.member('後到'));
  const pill = page.getByRole('button', { name: /則更新/ });
  await expect(pill).toBeVisible({ timeout: 15_000 });
  await expect(desk.row(second)).toHaveCount(0);
  await pill.click();
  await expect(desk.row(second)).toBeVisible();
  await page.mouse.move(900, 400);
  const third = await host.submit('taipei', host.member('再到'));
  await expect(desk.row(third)).toBeVisible({ timeout: 15_000 });
});

test('only the rows in view are drawn, and pages follow while scrolling', async ({ desk, host, page }) => {
  test.slow();
  for (let at = 0; at < 60; at++) {
    await host.submit('lantern', host.member(`多筆${at}`), { category: 'suggestion', subject: `建議 ${at}` });
  }
  await desk.signIn('諾拉');
  await desk.open('/lantern/active?category=suggestion&sort=latest');
  const rows = page.locator('[data-row]');
  await rows.first().click();
  await expect(desk.log).toBeVisible();
  await page.mouse.move(200, 600);
  await expect(async () => {
    await page.mouse.wheel(0, 600);
    await expect(page.getByText('建議 0', { exact: true }).first()).toBeVisible({ timeout: 200 });
  }).toPass();
  expect(await rows.count()).toBeLessThan(40);
});

test.describe('with the host out of reach', () => {
  test.use({ provoked: [/net::ERR_/] });

  test('old rows stay, with a banner and a way to try again', async ({ desk, host, context, page }) => {
    const id = await host.submit('taipei', host.member('離線'));
    await desk.signIn('小米');
    await desk.open('/taipei/unassigned?sort=latest');
    await expect(desk.row(id)).toBeVisible();
    await context.setOffline(true);
    await expect(page.getByText('目前離線')).toBeVisible();
    await expect(desk.row(id)).toBeVisible();
    await context.setOffline(false);
    await expect(page.getByText('目前離線')).toHaveCount(0);
  });
});
