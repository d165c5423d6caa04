import type { Route } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { Shopper } from './support/shopper';
import { expect, test } from './support/test';

test('the first wrong field has the focus, and each says what is wrong', async ({ page }) => {
  const shopper = new Shopper(page);
  await shopper.visit('contact');
  await shopper.send.click();
  await expect(page.getByText('請填寫姓名')).toBeVisible();
  await expect(page.getByLabel('姓名')).toBeFocused();
  await shopper.introduce('林小美', 'mei@example');
  await page.getByLabel('問題類型').selectOption('other');
  await shopper.text.fill('字'.repeat(10_001));
  await shopper.send.click();
  await expect(page.getByLabel('電子郵件')).toBeFocused();
  await expect(page.getByText('請輸入完整的電子郵件')).toBeVisible();
  await expect(page.getByText('超過上限 10000 字，目前 10001 字')).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('電子郵件').fill(shopper.address());
  await expect(page.getByText('請輸入完整的電子郵件')).toHaveCount(0);
});

test.describe('what the server or the network refuses', () => {
  test.use({ provoked: [/Failed to load resource/] });

  test('keeps the text, across a reload too', async ({ page }) => {
    const shopper = new Shopper(page);
    await shopper.visit('contact', '王小明');
    await page.getByLabel('問題類型').selectOption('logistics');
    await page.getByLabel('訂單編號').fill('NOT-MINE-1');
    await shopper.text.fill('這段文字不能不見');
    await shopper.send.click();
    await expect(page.getByRole('alert').filter({ hasText: '您填寫的內容已保留' })).toBeVisible();
    await expect(shopper.text).toHaveValue('這段文字不能不見');
    await page.reload();
    await expect(shopper.text).toHaveValue('這段文字不能不見');
    await expect(page.getByLabel('訂單編號')).toHaveValue('NOT-MINE-1');
    await page.getByLabel('訂單編號').fill('2024010001');
    await shopper.send.click();
    await expect(shopper.received).toBeVisible();
  });

  test('offline it says so, and sends once the line is back', async ({ context, page }) => {
    const shopper = new Shopper(page);
    await shopper.visit('contact', '王小明');
    await page.getByLabel('問題類型').selectOption('other');
    await shopper.text.fill('離線時寫的');
    await context.setOffline(true);
    await shopper.send.click();
    await expect(page.getByRole('alert').filter({ hasText: '目前沒有網路連線' })).toBeVisible();
    await context.setOffline(false);
    await shopper.send.click();
    await expect(shopper.received).toBeVisible();
  });

  test('an answer lost on the way makes one inquiry, not two', async ({ page }) => {
    const shopper = new Shopper(page);
    const subject = `答覆遺失 ${Date.now()}`;
    await shopper.visit('contact', '王小明');
    await page.getByLabel('問題類型').selectOption('other');
    await page.getByLabel('主旨').fill(subject);
    await shopper.text.fill('伺服器收到了，答覆沒有回來');
    const lose = async (route: Route) => {
      await route.fetch();
      await route.abort();
    };
    await page.route('**/v1/shops/taipei/inquiries', lose, { times: 1 });
    await shopper.send.click();
    await expect(page.getByRole('alert').filter({ hasText: '暫時連不上' })).toBeVisible();
    await shopper.send.click();
    await expect(shopper.received).toBeVisible();
    await page.getByRole('link', { name: '我的帳戶' }).click();
    await expect(page.getByRole('button', { name: new RegExp(subject) })).toHaveCount(1);
  });
});
