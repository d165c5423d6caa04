import { expectAccessible } from './support/axe';
import { MING, beside, look, seen } from './support/money';
import { expect } from './support/test';

const PARTLY = '茶杯缺貨，先退這一件，其他照常寄出。';

seen('the shop offers a refund, the customer agrees by a click, and the money goes by itself', async ({ desk, page, picture, shopper, store, team }, { project }) => {
  const order = await store.order(MING);
  const id = await store.inquire(MING, order, '請問青瓷茶杯什麼時候會寄出呢？');
  await desk.signIn('小米');
  await desk.open(`/taipei/unassigned/${id}`);
  await (await beside(page, order)).getByRole('button', { name: '退款' }).click();
  const form = page.getByRole('dialog', { name: '退款給顧客' });
  await form.getByLabel('退款金額').fill('200');
  await form.getByRole('radio', { name: '缺貨', exact: true }).check();
  await form.getByLabel('說明（選填）').fill(PARTLY);
  await form.getByRole('radio', { name: /請顧客在商店按同意/ }).check();
  await picture(page, '1-agent-offers');
  await form.getByRole('button', { name: '下一步' }).click();
  const review = page.getByRole('dialog', { name: `確認退款：訂單 ${order}` });
  await expect(review).toContainText('按「同意」後才會退款');
  await review.getByRole('button', { name: '送出退款申請 NT$200' }).click();
  await expect(desk.toast('已請顧客同意退款 NT$200')).toBeVisible();
  await desk.toast('已請顧客同意退款 NT$200').getByRole('button').click();
  expect(await team.ledger(`${order}-R1`), 'nothing is paid before the customer agrees').toBeUndefined();

  await look(shopper, order);
  const offer = shopper.page.locator('order-care .offer');
  await expect(offer).toContainText(PARTLY);
  await offer.getByRole('button', { name: '同意', exact: true }).click();
  await expect(offer).toContainText('無法撤回');
  await picture(shopper.page, '2-customer-agrees');
  await offer.getByRole('button', { name: '同意 · 退款 NT$200' }).click();
  await expect.poll(() => team.ledger(`${order}-R1`)).toMatchObject({ state: 'succeeded', amount: { minor: 20_000 }, paid_count: 1 });
  await look(shopper, order);
  const card = shopper.page.getByRole('region', { name: '退款 NT$200' });
  await expect(card.getByRole('listitem').filter({ hasText: '完成退款' })).toContainText('已完成');
  await expect(card).toContainText('入帳時間（信用卡）：最多 3–4 週');
  await picture(shopper.page, '3-customer-sees-arrival');

  await desk.open(`/taipei/orders/reverse/${order}`);
  const record = page.getByRole('region', { name: '訂單紀錄' });
  await expect(record).toContainText('退款 NT$200 已完成');
  await expect(record).toContainText('顧客在商店按了同意');
  await record.scrollIntoViewIfNeeded();
  await picture(page, '4-agent-sees-it-paid');
  await desk.open(`/taipei/unassigned/${id}`);
  await expect(desk.log).toContainText('王小明 同意退款 NT$200');
  await expect(desk.log).toContainText('退款 NT$200 已完成');
  if (project.name === 'desktop') await expect(await beside(page, order)).not.toContainText('等待顧客同意');
  await picture(page, '5-conversation-tells-it');
});

seen('the customer of an overdue order asks, and the shop agrees after a look at every detail', async ({ desk, page, picture, shopper, store, team }) => {
  const order = await store.order(MING, { paidDaysAgo: 6, daysToShip: 2 });
  await store.customer(MING, order, 'refund-requests', { reason: 'late', detail: '已經等了一個星期，想要退款。' });
  await desk.signIn('小米');
  await desk.open('/taipei/refunds/pending');
  await expect(page.getByRole('link', { name: /件退款待處理/ })).toBeVisible();
  await page.getByRole('button', { name: `同意退款：訂單 ${order}` }).click();
  for (const detail of [order, MING.email, '烏龍茶 ×2、青瓷茶杯 ×1', '已逾期', '信用卡', '最長 3–4 週', '等了一個星期', 'NT$1,280', '無法撤回']) {
    await expect(desk.dialog).toContainText(detail);
  }
  await picture(page, '6-agent-agrees');
  await desk.dialog.getByRole('button', { name: '同意並退款 NT$1,280' }).click();
  await expect(desk.toast('退款 NT$1,280：已同意')).toBeVisible();
  await expect.poll(() => team.ledger(`${order}-R1`)).toMatchObject({ state: 'succeeded', amount: { minor: 128_000 }, paid_count: 1 });
  await page.getByRole('navigation', { name: '退款列表' }).getByRole('link', { name: '已同意' }).click();
  await expect(page.getByText(order)).toBeVisible();
  await look(shopper, order);
  await expect(shopper.page.getByRole('region', { name: '退款 NT$1,280' })).toContainText('等了一個星期');
  await expect(shopper.page.getByText('已全額退款')).toBeVisible();
});

seen('a request is rejected with a reason and with the consent of the customer, who sees both', async ({ desk, host, page, picture, shopper, store }) => {
  const order = await store.order(MING, { paidDaysAgo: 6, daysToShip: 2 });
  const { inquiry } = await store.customer(MING, order, 'refund-requests', { reason: 'late', detail: '已經等了一個星期，想要退款。' });
  await host.write('taipei', MING, inquiry as string, '好的，那我再等一天，先不退了。');
  await desk.signIn('小米');
  await desk.open('/taipei/refunds/pending');
  await page.getByRole('button', { name: `拒絕退款：訂單 ${order}` }).click();
  await desk.dialog.getByLabel(/拒絕原因/).fill('已與您確認，商品今天下午就會寄出。');
  await desk.dialog.getByRole('radio', { name: /先不退了/ }).check();
  await desk.dialog.getByRole('button', { name: '拒絕退款 NT$1,280' }).click();
  await expect(desk.toast('已拒絕')).toBeVisible();
  await look(shopper, order);
  const card = shopper.page.getByRole('region', { name: '退款 NT$1,280' });
  await expect(card).toContainText('店鋪未同意');
  await expect(card).toContainText('商品今天下午就會寄出');
  await expect(card).toContainText('您已同意不退款');
  await picture(shopper.page, '7-customer-reads-why-not');
});

seen('an overdue order is cancelled and refunded by its customer, and the shop has nothing to do', async ({ desk, page, picture, shopper, store, team }) => {
  const order = await store.order(MING, { paidDaysAgo: 6, daysToShip: 2 });
  await look(shopper, order);
  await shopper.page.getByRole('button', { name: '取消訂單並退款' }).click();
  await shopper.page.getByRole('button', { name: '取消訂單 · 退款 NT$1,280' }).click();
  await expect(shopper.page.getByText('訂單已取消。')).toBeVisible();
  await expect.poll(() => team.ledger(`${order}-R1`)).toMatchObject({ state: 'succeeded', paid_count: 1 });
  await desk.signIn('小米');
  await desk.open(`/taipei/orders/reverse/${order}`);
  await expect(page.getByText('訂單逾期，顧客取消後由系統自動退款。')).toBeVisible();
  await expect(page.getByText('訂單已取消，不能再填追蹤號碼。')).toBeVisible();
  await expect(page.getByRole('button', { name: /同意退款|拒絕退款/ })).toHaveCount(0);
  await expect(page.getByRole('button', { name: '標記出貨' })).toBeDisabled();
  await picture(page, '8-agent-sees-the-cancellation');
});

seen('a refund that the bank declines says why, and is settled by hand', async ({ desk, page, picture, shopper, store, team }) => {
  const order = await store.order(MING, { paidDaysAgo: 6, daysToShip: 2 });
  await team.faults('fail');
  await store.customer(MING, order, 'cancel', {});
  await expect.poll(() => team.ledger(`${order}-R1`)).toMatchObject({ state: 'failed', paid_count: 0 });
  await desk.signIn('小米');
  await desk.open('/taipei/refunds/attention');
  await expect(page.getByText('the bank declined')).toBeVisible();
  await picture(page, '9-agent-sees-why-it-failed');
  await look(shopper, order);
  await expect(shopper.page.getByText('您不需要重新申請')).toBeVisible();
  await page.getByRole('button', { name: `改為人工退款：訂單 ${order}` }).click();
  await expect(desk.dialog).toContainText('the bank declined');
  await desk.dialog.getByRole('button', { name: '改為人工退款 NT$1,280' }).click();
  await expect(desk.toast('退款 NT$1,280')).toBeVisible();
  await page.getByRole('button', { name: `確認已匯款：訂單 ${order}` }).click();
  await desk.dialog.getByLabel('銀行的參考編號').fill('TX-20261125-0042');
  await expectAccessible(page);
  await desk.dialog.getByRole('button', { name: '確認已匯款 NT$1,280' }).click();
  await expect(desk.toast('已退款')).toBeVisible();
  expect(await team.ledger(`${order}-R1`), 'the provider is not asked again').toMatchObject({ state: 'failed', paid_count: 0 });
  await look(shopper, order);
  await expect(shopper.page.getByRole('listitem').filter({ hasText: '完成退款' })).toContainText('已完成');
});
