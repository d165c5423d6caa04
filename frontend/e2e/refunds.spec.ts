import { expectAccessible } from './support/axe';
import { Store } from './support/store';
import { Team } from './support/team';
import { expect, test } from './support/test';

test('the shop refunds with the proof that the customer knows, and pays by hand', async ({ desk, host, page, request }) => {
  const team = await Team.of(request, '小戊');
  const store = await Store.of(team, request);
  const member = host.member('王退款');
  const number = await store.order(member);
  await store.inquire(member, number, '缺貨的話就退款吧,我知道了');
  await desk.signIn(team.person('小戊').nickname);
  await desk.open(`/${team.shop}/orders/to_ship/${number}`);
  await page.getByRole('toolbar').getByRole('button', { name: '退款' }).click();
  await desk.dialog.getByLabel('退款金額').fill('1281');
  await expect(desk.dialog.getByRole('alert')).toContainText('超過可退的 NT$1,280');
  await desk.dialog.getByRole('button', { name: '全額' }).click();
  await desk.dialog.getByRole('radio', { name: '缺貨', exact: true }).check();
  await expect(desk.dialog.getByRole('button', { name: '下一步' })).toBeDisabled();
  await desk.dialog.getByRole('radio', { name: /我知道了/ }).check();
  await expectAccessible(page);
  await desk.dialog.getByRole('button', { name: '下一步' }).click();
  await expect(desk.dialog).toContainText('無法撤回');
  await desk.dialog.getByRole('button', { name: '送出退款申請 NT$1,280' }).click();
  await expect(desk.toast('已送出退款 NT$1,280')).toBeVisible();
  await expect(page.getByLabel('追蹤號碼')).toBeDisabled();
  await expect(page.getByText('訂單已全額退款，不能再填追蹤號碼。')).toBeVisible();
  await page.getByRole('button', { name: '確認已匯款' }).click();
  await desk.dialog.getByLabel('銀行的參考編號').fill('TX-20261201');
  await desk.dialog.getByRole('button', { name: '確認已匯款 NT$1,280' }).click();
  await expect(desk.toast('已退款')).toBeVisible();
  await expect(page.getByText('TX-20261201').first()).toBeVisible();
});

test('a request is counted in red, and rejected only with a reason and the consent', async ({ desk, host, page, request }) => {
  const team = await Team.of(request, '小己');
  const store = await Store.of(team, request);
  const member = host.member('王拒絕');
  const number = await store.order(member, { paidDaysAgo: 6, daysToShip: 2 });
  const { inquiry } = await store.customer(member, number, 'refund-requests', { reason: 'late', detail: '等太久了,想要退款' });
  await host.write(team.shop, member, inquiry as string, '好,那我再等一天,不退了');
  await desk.signIn(team.person('小己').nickname);
  await expect(page.getByRole('link', { name: /退款.*1 件退款待處理/ })).toBeVisible();
  await desk.open(`/${team.shop}/refunds/pending`);
  await expectAccessible(page);
  await page.getByRole('button', { name: `拒絕退款：訂單 ${number}` }).click();
  const reject = desk.dialog.getByRole('button', { name: '拒絕退款 NT$1,280' });
  await desk.dialog.getByLabel(/拒絕原因/).fill('不退');
  await desk.dialog.getByRole('radio', { name: /不退了/ }).check();
  await expect(reject).toBeDisabled();
  await desk.dialog.getByLabel(/拒絕原因/).fill('已與您確認,商品今天就會寄出');
  await expect(desk.dialog.getByText('顧客會看到', { exact: true })).toBeVisible();
  await expectAccessible(page);
  await reject.click();
  await expect(desk.toast('已拒絕')).toBeVisible();
  await page.getByRole('navigation', { name: '退款列表' }).getByRole('link', { name: '已拒絕' }).click();
  await expect(page.getByText(number)).toBeVisible();
});

test('a large amount paid by hand takes two people', async ({ desk, host, page, request, browser }) => {
  const team = await Team.of(request, '小庚', '小辛');
  const { version, webhook_secrets: _, ...settings } = await team.read('店主', '/order-settings');
  await team.as('店主', 'PUT', '/order-settings', { ...settings, payer: 'by_hand', second_person_above: 100_000 }, { 'if-match': `"${version}"` });
  const store = await Store.of(team, request);
  const member = host.member('王兩人');
  const number = await store.order(member, { paidDaysAgo: 6, daysToShip: 2 });
  await store.customer(member, number, 'refund-requests', { reason: 'late' });
  await desk.signIn(team.person('小庚').nickname);
  await desk.open(`/${team.shop}/refunds/pending`);
  await page.getByRole('button', { name: `同意退款：訂單 ${number}` }).click();
  await desk.dialog.getByRole('button', { name: '同意並退款 NT$1,280' }).click();
  await expect(desk.toast('已同意')).toBeVisible();
  await desk.open(`/${team.shop}/orders/reverse/${number}`);
  await page.getByRole('button', { name: '確認已匯款' }).click();
  await desk.dialog.getByLabel('銀行的參考編號').fill('TX-1');
  await desk.dialog.getByRole('button', { name: /^確認已匯款/ }).click();
  await expect(page.getByText('等待另一位同事確認', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: '確認已匯款' })).toHaveCount(0);

  const second = await browser.newPage();
  await second.goto(new URL('/admin/', page.url()).href);
  await second.getByRole('button', { name: `以 ${team.person('小辛').nickname} 登入` }).click();
  await expect(second.getByRole('navigation', { name: '詢問列表' })).toBeVisible();
  await second.evaluate((hash) => (location.hash = hash), `/${team.shop}/orders/reverse/${number}`);
  await second.getByRole('button', { name: '確認已匯款' }).click();
  await second.getByLabel('銀行的參考編號').fill('TX-1');
  await second.getByRole('dialog').getByRole('button', { name: /^確認已匯款/ }).click();
  await expect(second.getByText('已退款').first()).toBeVisible();
  await second.close();
});

test.describe('when somebody was faster', () => {
  test.use({ provoked: [/409/] });

  test('what was typed stays, and the new state is shown', async ({ desk, host, page, request }) => {
    const team = await Team.of(request, '小壬');
    const store = await Store.of(team, request);
    const member = host.member('王衝突');
    const number = await store.order(member);
    await store.customer(member, number, 'refund-requests', { reason: 'changed_mind' });
    await desk.signIn(team.person('小壬').nickname);
    await desk.open(`/${team.shop}/refunds/pending`);
    await page.getByRole('button', { name: `同意退款：訂單 ${number}` }).click();
    await expect(desk.dialog).toContainText('NT$1,280');
    await store.customer(member, number, 'withdraw', { refund: 1 });
    await desk.dialog.getByRole('button', { name: '同意並退款 NT$1,280' }).click();
    await expect(desk.dialog.getByRole('alert').first()).toContainText('已撤回');
    await expect(desk.dialog.getByRole('button', { name: /同意並退款/ })).toHaveCount(0);
  });
});
