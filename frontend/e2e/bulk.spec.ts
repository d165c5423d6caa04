import { expect, test } from './support/test';

test('a range is selected with Shift, tagged, assigned and closed', async ({ desk, host, page }) => {
  const ids: string[] = [];
  for (const name of ['批次甲', '批次乙', '批次丙']) {
    ids.push(await host.submit('taipei', host.member(name), { category: 'complaint' }));
  }
  const [first = '', , last = ''] = ids;
  await desk.signIn('小米');
  await desk.open('/taipei/unassigned?category=complaint');
  await desk.line(first).getByRole('checkbox').click();
  await desk.line(last).getByRole('checkbox').click({ modifiers: ['Shift'] });
  await expect(page.getByText('已選 3 則')).toBeVisible();

  const bar = page.getByRole('toolbar', { name: '批次操作' });
  await bar.getByRole('button', { name: '標籤' }).click();
  await desk.dialog.getByLabel('新增標籤').fill('批次');
  await desk.dialog.getByRole('button', { name: '儲存' }).click();
  await expect(desk.toast('3 則全部完成')).toBeVisible();
  for (const id of ids) expect((await host.show('taipei', id, 'mia')).tags).toEqual(['批次']);

  await desk.row(first).hover();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(page.getByText('已選 1 則')).toBeVisible();
  await bar.getByRole('button', { name: '全選' }).click();
  await bar.getByRole('button', { name: '分配' }).click();
  await desk.dialog.getByLabel('小米').check();
  await desk.dialog.getByRole('button', { name: '分配' }).click();
  await expect(desk.row(first)).toHaveCount(0);
  await desk.open('/taipei/active?category=complaint');
  for (const id of ids) await expect(desk.row(id)).toBeVisible();
});

test('each item is reported on its own', async ({ desk, host, page }) => {
  const answered = await host.submit('taipei', host.member('報告甲'), { category: 'logistics' });
  const silent = await host.submit('taipei', host.member('報告乙'), { category: 'logistics' });
  await host.command('taipei', answered, 'mia', 'reply', { text: '已寄出', then: 'keep_open' });
  await desk.signIn('淑芬');
  await desk.open('/taipei/all?category=logistics');
  await desk.line(answered).getByRole('checkbox').click();
  await desk.line(silent).getByRole('checkbox').click();
  await page.getByRole('toolbar', { name: '批次操作' }).getByRole('button', { name: '結案' }).click();
  await desk.dialog.getByLabel('不附原因').check();
  await desk.dialog.getByRole('button', { name: '結案' }).click();
  await expect(desk.dialog).toContainText('1 則完成，1 則未完成');
  await expect(desk.dialog).toContainText('報告乙');
  expect((await host.show('taipei', answered, 'mia')).status).toBe('replied');
  expect((await host.show('taipei', silent, 'mia')).status).toBe('awaiting_reply');
});
