import { MING, beside, look, seen } from './support/money';
import { expect } from './support/test';

const DAY = 24 * 3600;

// The clock is moved beyond what a sign-in lives.
seen.use({ provoked: [/status of 40[01]/] });

seen('a later date that the customer agreed to passes: the order is overdue again, and an alert rings', async ({ desk, page, picture, shopper, store, team }) => {
  const order = await store.order(MING, { paidDaysAgo: 6, daysToShip: 2 });
  const id = await store.inquire(MING, order, '請問什麼時候可以寄出？晚一點沒關係。');
  const date = store.at(2).slice(0, 10);
  await desk.signIn('小米');
  await desk.open(`/taipei/unassigned/${id}`);
  await desk.actions.getByRole('button', { name: '分配給我' }).click();
  await expect(desk.toast('已分配給您')).toBeVisible();
  await (await beside(page, order)).getByRole('button', { name: '延後出貨' }).click();
  const form = page.getByRole('dialog', { name: `延後出貨：訂單 ${order}` });
  await form.getByLabel('新的出貨日').fill(date);
  await form.getByLabel('約定內容').fill('附贈茶包一盒');
  await form.getByRole('radio', { name: /請顧客在商店按同意/ }).check();
  await form.getByRole('button', { name: '請顧客同意延後' }).click();
  await expect(desk.toast('已請顧客同意延後')).toBeVisible();

  await look(shopper, order);
  await expect(shopper.page.getByText('已逾期', { exact: true })).toBeVisible();
  const offer = shopper.page.locator('order-care .offer');
  await offer.getByRole('button', { name: '同意', exact: true }).click();
  await expect(offer).toContainText('在那之前不能以逾期取消訂單');
  await offer.getByRole('button', { name: '同意', exact: true }).click();
  await expect(shopper.page.getByText('已送出，店鋪會收到通知。')).toBeVisible();
  await expect(shopper.page.getByText('待出貨', { exact: true })).toBeVisible();
  await expect(shopper.page.getByRole('button', { name: '取消訂單並退款' })).toHaveCount(0);
  await desk.open(`/taipei/orders/to_ship/${order}`);
  await expect(page.getByRole('region', { name: `訂單 ${order}` })).toContainText(/剩 \d+ (天|小時).*顧客同意延至/);

  await team.advance(4 * DAY);
  await desk.signIn('小米');
  await desk.open('/taipei/orders/overdue');
  await expect(page.getByRole('link', { name: order })).toBeVisible();
  await page.getByRole('button', { name: /通知/ }).first().click();
  await expect(page.getByText('約定的出貨日已過，仍未出貨').first()).toBeVisible();
  await picture(page, '10-the-later-date-passes');
  await look(shopper, order);
  await expect(shopper.page.getByRole('button', { name: '取消訂單並退款' })).toBeVisible();
});
