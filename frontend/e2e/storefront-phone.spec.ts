import { expectAccessible } from './support/axe';
import { Shopper } from './support/shopper';
import { expect, test } from './support/test';

test('on a phone the list gives way to the conversation, and back', async ({ host, page }) => {
  const shopper = new Shopper(page);
  const member = { id: 'm-1001', name: '王小明', email: 'xiaoming@example.com', orders: ['2024010001'] };
  const subject = `手機上的詢問 ${Date.now()}`;
  await host.submit('taipei', member, { subject, text: '請看 https://example.com/photo/1', category: 'other' });
  await shopper.visit('account', '王小明');
  const row = page.getByRole('button', { name: new RegExp(subject) });
  await row.tap();
  await expect(shopper.log.getByText('請看')).toBeVisible();
  await expect(row).toBeHidden();
  await expectAccessible(page);
  await shopper.write('補充一張照片的說明');
  await page.getByRole('button', { name: '返回列表' }).tap();
  await expect(row).toBeVisible();
});

for (const path of ['', 'contact', 'product/tea-pot', 'order/2024010001', 'account']) {
  test(`/${path} fits a phone's width and is accessible, also in the dark`, async ({ page }) => {
    const shopper = new Shopper(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await shopper.visit(path, '王小明');
    await page.waitForLoadState('networkidle');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await expectAccessible(page);
  });
}
