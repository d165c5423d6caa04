import { expect, test } from './support/test';

test('list, conversation and details are pages to push and pop', async ({ desk, host, page }) => {
  const member = host.member('手機');
  const id = await host.submit('taipei', member);
  await desk.signIn('小米');
  await desk.open('/taipei/unassigned?sort=latest');
  await desk.row(id).tap();
  await expect(desk.log).toBeVisible();
  await expect(desk.row(id)).toBeHidden();
  await expect(page.getByRole('navigation', { name: '主選單' })).toBeHidden();
  await desk.button('顧客資料').tap();
  await expect(desk.dialog).toContainText(member.email);
  await desk.dialog.getByRole('button', { name: '關閉' }).tap();
  await desk.actions.getByRole('button', { name: '分配給我' }).tap();
  await expect(desk.toast('已分配給您')).toBeVisible();
  await desk.reply.tap();
  await desk.reply.fill('您好,今天寄出');
  await page.getByLabel('送出後').selectOption('done');
  await desk.button('送出並通知會員').tap();
  await expect(desk.toast('已送出')).toBeVisible();
  await expect(desk.log).toHaveCount(0);
  await expect(page.getByRole('navigation', { name: '主選單' })).toBeVisible();
});

test('what is said covers nothing that is typed, and the newest stays in view while the box grows', async ({ desk, host, page }) => {
  const id = await host.submit('taipei', host.member('輸入'), { text: Array.from({ length: 30 }, (_, at) => `第 ${at} 行`).join('\n') });
  await desk.signIn('小米');
  await desk.open(`/taipei/unassigned/${id}`);
  await desk.actions.getByRole('button', { name: '分配給我' }).tap();
  const toast = desk.toast('已分配給您');
  await expect(toast).toBeVisible();
  await desk.reply.tap();
  await desk.reply.fill('您好\n今天寄出\n請放心');
  const [said, typed] = [await toast.boundingBox(), await page.getByRole('form', { name: '回覆' }).boundingBox()];
  expect((said?.y ?? 0) + (said?.height ?? 0)).toBeLessThanOrEqual(typed?.y ?? 0);
  await expect(desk.log.getByText('接手')).toBeInViewport({ ratio: 1 });
});

test('nothing scrolls sideways, and targets are large enough', async ({ desk, host, page }) => {
  const id = await host.submit('taipei', host.member('尺寸'), { text: '很長的網址 https://example.com/'.padEnd(300, 'x') });
  await desk.signIn('小米');
  for (const path of ['/taipei/unassigned?sort=latest', `/taipei/unassigned/${id}`]) {
    await desk.open(path);
    if (path.includes(id)) await expect(desk.log).toBeVisible();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('button, a.button, nav a, select, textarea')]
        .filter((element) => element.checkVisibility() && !element.closest('[popover]'))
        .filter((element) => element.getBoundingClientRect().height < 44)
        .map((element) => `${element.ariaLabel ?? element.textContent}: ${element.getBoundingClientRect().height}`),
    );
    expect(small).toEqual([]);
  }
});
