import { expectAccessible } from './support/axe';
import { Shopper } from './support/shopper';
import { expect, test } from './support/test';

test('a member asks from the order page, reads the reply in the account, answers and rates', async ({ host, page }) => {
  const shopper = new Shopper(page);
  await shopper.visit('order/2024010001', '王小明');
  await expect(page.getByRole('heading', { name: '訂單編號 2024010001' })).toBeVisible();
  await expect(page.getByLabel('電子郵件')).toHaveCount(0);
  await expectAccessible(page);
  await page.getByLabel('主旨').fill('請問何時出貨');
  const id = await shopper.ask('訂單問題', '已經五天了，還沒收到出貨通知。');
  await expect(page.getByText('我的帳戶 → 詢問紀錄 → 訂單詢問')).toBeVisible();

  await page.getByRole('link', { name: '我的帳戶' }).click();
  await page.getByRole('button', { name: '訂單詢問' }).click();
  await page.getByRole('button', { name: /請問何時出貨/ }).click();
  await expect(shopper.log.getByText('已經五天了')).toBeVisible();
  await expectAccessible(page);

  await host.command('taipei', id, 'leo', 'reply', { text: '今天下午寄出。', then: 'done' });
  await expect(shopper.log.getByText('今天下午寄出。')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('客服已回覆這則詢問')).toBeVisible();
  await shopper.write('太好了，謝謝');
  await shopper.settleAndRate('滿意');
  await expectAccessible(page);
});

test('each source has its own tab', async ({ page }) => {
  const shopper = new Shopper(page);
  await shopper.visit('product/bamboo-basket', 'Ada Lovelace');
  await page.getByLabel('主旨').fill('提籃可以水洗嗎');
  await shopper.ask('商品諮詢', '想知道怎麼清潔。');
  await page.getByRole('link', { name: '我的帳戶' }).click();
  const row = page.getByRole('button', { name: /提籃可以水洗嗎/ });
  await page.getByRole('button', { name: '訂單詢問' }).click();
  await expect(page.getByText('這裡還沒有詢問紀錄')).toBeVisible();
  await expect(row).toHaveCount(0);
  await page.getByRole('button', { name: '商品詢問' }).click();
  await expect(row).toContainText('竹編提籃');
});

test('the shop speaks English too, and each shop has its own inquiries', async ({ page }) => {
  const shopper = new Shopper(page);
  await shopper.visit('contact', 'Ada Lovelace');
  await page.getByLabel('語言').selectOption('en');
  await page.getByRole('combobox', { name: 'Shop', exact: true }).selectOption('lantern');
  await page.getByLabel('What is it about?').selectOption('warranty');
  await page.getByLabel('Message').fill('How long is the warranty on the brass holder?');
  await page.getByRole('button', { name: 'Send message' }).click();
  await expect(page.getByRole('heading', { name: 'We have your message' })).toBeVisible();
  await page.getByRole('link', { name: 'My account' }).click();
  await expect(page.getByRole('button', { name: /How long is the warranty/ })).toBeVisible();
  await page.getByRole('combobox', { name: 'Shop', exact: true }).selectOption('taipei');
  await expect(page.getByRole('button', { name: /How long is the warranty/ })).toHaveCount(0);
  await expectAccessible(page);
});
