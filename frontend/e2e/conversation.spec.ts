import type { Host } from './support/host';
import { expect, test } from './support/test';

async function mine(host: Host, name: string, more: { category?: string; subject?: string; order?: string; source?: string } = {}) {
  const member = host.member(name);
  const id = await host.submit('taipei', member, more);
  await host.command('taipei', id, 'mia', 'assign', { to: 'mia' });
  return { id, member };
}

test('a reply reaches the customer, keeps the conversation open and cannot be changed', async ({ desk, host }) => {
  const { id, member } = await mine(host, '王回覆');
  await desk.signIn('小米');
  await desk.open(`/taipei/active/${id}`);
  await expect(desk.log).toContainText('五天了還沒收到');
  await expect(desk.page.getByText('送出後無法修改或刪除')).toBeVisible();
  await desk.page.getByLabel('送出後').selectOption('keep_open');
  await desk.reply.fill('您好,今天會寄出。');
  await desk.button('送出並通知會員').click();
  await expect(desk.toast('已送出')).toBeVisible();
  await expect(desk.log).toContainText('今天會寄出');
  await expect(desk.reply).toHaveValue('');
  await expect(desk.log.getByText('已送出，無法修改；可補充新回覆')).toBeAttached();
  expect((await host.show('taipei', id, 'mia')).status).toBe('in_conversation');
  await expect.poll(async () => (await host.mails(member.email)).length).toBe(1);
  expect((await host.mails(member.email))[0]?.text).toContain('今天會寄出');
});

test('done moves to history and on to the next inquiry', async ({ desk, host, page }) => {
  const first = await mine(host, '完成甲', { category: 'promotion' });
  const second = await mine(host, '完成乙', { category: 'promotion' });
  await desk.signIn('小米');
  await desk.open(`/taipei/active/${first.id}?category=promotion`);
  await page.getByLabel('送出後').selectOption('done');
  await desk.reply.fill('已為您補發優惠碼。');
  await page.keyboard.press('Control+Enter');
  await expect(page).toHaveURL(new RegExp(second.id));
  await expect(desk.row(first.id)).toHaveCount(0);
  await desk.open(`/taipei/history/${first.id}`);
  await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
  await expect(desk.row(first.id)).toBeVisible();
});

test('a note is for staff only', async ({ desk, host, page }) => {
  const { id, member } = await mine(host, '備註');
  await desk.signIn('小米');
  await desk.open(`/taipei/active/${id}`);
  await desk.button('內部備註').click();
  await desk.note.fill('倉庫說週一到貨');
  await page.keyboard.press('Control+Enter');
  await expect(desk.toast('備註已儲存')).toBeVisible();
  await expect(desk.log.getByText('會員看不到')).toBeVisible();
  expect(await host.mails(member.email)).toEqual([]);
});

test('closing without an answer asks why, tells no customer, and can be undone', async ({ desk, host }) => {
  const { id, member } = await mine(host, '結案');
  await desk.signIn('小米');
  await desk.open(`/taipei/active/${id}?sort=latest`);
  await desk.actions.getByRole('button', { name: '結案' }).click();
  await desk.dialog.getByLabel('已電話處理').check();
  await desk.dialog.getByRole('button', { name: '結案' }).click();
  await expect(desk.toast('已結案，未通知會員')).toBeVisible();
  await expect(desk.row(id)).toHaveCount(0);
  expect((await host.show('taipei', id, 'mia')).status).toBe('replied');
  await desk.button('復原').click();
  await expect(desk.toast('已復原')).toBeVisible();
  expect((await host.show('taipei', id, 'mia')).status).not.toBe('replied');
  expect(await host.mails(member.email)).toEqual([]);
});

test('a transfer carries a note', async ({ desk, host }) => {
  const { id } = await mine(host, '轉移');
  await desk.signIn('小米');
  await desk.open(`/taipei/active/${id}?sort=latest`);
  await desk.actions.getByRole('button', { name: '轉移' }).click();
  await desk.dialog.getByLabel('阿樂').check();
  await desk.dialog.getByLabel('附註').fill('請接續處理');
  await desk.dialog.getByRole('button', { name: '轉移' }).click();
  await expect(desk.toast('已分配給 阿樂')).toBeVisible();
  await expect(desk.log).toContainText('請接續處理');
  expect((await host.show('taipei', id, 'leo')).assignee).toBe('leo');
});

test('flag, tags, priority and category are changed and recorded', async ({ desk, host, page }) => {
  const { id } = await mine(host, '標籤');
  await desk.signIn('小米');
  await desk.open(`/taipei/active/${id}`);
  await expect(desk.log).toBeVisible();
  await page.keyboard.press('f');
  await page.getByRole('menuitemcheckbox', { name: '紫色' }).click();
  await expect(desk.log).toContainText('標記為紫色');
  await desk.actions.getByRole('button', { name: '更多' }).click();
  await page.getByRole('menuitemcheckbox', { name: '緊急' }).click();
  await expect(desk.log).toContainText('「重要」改為「緊急」');
  await desk.actions.getByRole('button', { name: '更多' }).click();
  await page.getByRole('menuitem', { name: '標籤' }).click();
  await desk.dialog.getByLabel('新增標籤').fill('缺貨，VIP');
  await desk.dialog.getByRole('button', { name: '儲存' }).click();
  await expect(desk.log).toContainText('#缺貨');
  const known = await host.show('taipei', id, 'mia');
  expect(known.flag).toBe('purple');
  expect(known.tags.toSorted()).toEqual(['VIP', '缺貨']);
});

test('opening takes the mark of a new message away; marking unread puts it back', async ({ desk, host, page }) => {
  const { id, member } = await mine(host, '未讀');
  await host.write('taipei', member, id, '還在嗎?');
  await desk.signIn('小米');
  await desk.open('/taipei/unread?sort=latest');
  await desk.row(id).click();
  await expect(desk.log).toContainText('還在嗎');
  await expect.poll(async () => (await host.show('taipei', id, 'mia')).unread).toBe(false);
  await desk.actions.getByRole('button', { name: '更多' }).click();
  await page.getByRole('menuitem', { name: '標為未讀' }).click();
  await expect(desk.toast('已標為未讀')).toBeVisible();
  expect((await host.show('taipei', id, 'mia')).unread).toBe(true);
});

test('duplicates of one customer are merged, shown inside, and parted again', async ({ desk, host }) => {
  const { id, member } = await mine(host, '合併者', { subject: '主要詢問' });
  const twin = await host.submit('taipei', member, { subject: '重複詢問', text: '同一件事' });
  await host.command('taipei', twin, 'mia', 'assign', { to: 'mia' });
  await desk.signIn('小米');
  await desk.open(`/taipei/active/${twin}`);
  await desk.actions.getByRole('button', { name: '更多' }).click();
  await desk.page.getByRole('menuitem', { name: '合併到' }).click();
  await desk.dialog.getByRole('radio', { name: /主要詢問/ }).check();
  await desk.dialog.getByRole('button', { name: '合併到' }).click();
  await expect(desk.toast('已合併')).toBeVisible();
  await desk.open(`/taipei/active/${id}`);
  await expect(desk.log).toContainText('合併進來');
  await expect(desk.log).toContainText('同一件事');
  await desk.log.getByRole('button', { name: '取消合併' }).click();
  await expect(desk.toast('已取消合併')).toBeVisible();
  await expect(desk.log).not.toContainText('同一件事');
});

test('the customer, the order and the times stand beside the conversation', async ({ desk, host, page }) => {
  const member = host.member('訂單客');
  const order = member.orders?.[0] ?? '';
  const id = await host.submit('taipei', member, { source: 'order', order, text: '看 https://shop.example.com/a。' });
  await desk.signIn('小米');
  await desk.open(`/taipei/unassigned/${id}`);
  const side = page.getByRole('complementary', { name: '顧客資料' });
  await expect(side).toContainText(member.email);
  await expect(side).toContainText(order);
  await expect(side).toContainText('訂單詢問');
  const link = desk.log.getByRole('link', { name: 'https://shop.example.com/a', exact: true });
  await expect(link).toHaveAttribute('target', '_blank');
});
