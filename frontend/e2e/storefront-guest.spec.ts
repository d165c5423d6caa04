import { expectAccessible } from './support/axe';
import { Shopper } from './support/shopper';
import { expect, test } from './support/test';

test('a guest asks, confirms by mail, reads the reply behind its link, answers and rates', async ({ host, page }) => {
  const shopper = new Shopper(page);
  const email = shopper.address();
  await shopper.visit('contact');
  await shopper.introduce('林小美', email);
  const id = await shopper.ask('付款問題', '刷卡失敗兩次，請問訂單成立了嗎？');
  await expect(page.getByText(`確認信已寄到 ${email}`)).toBeVisible();
  await expectAccessible(page);

  await expect.poll(async () => (await host.mails(email)).length).toBe(1);
  const [confirmation] = await host.mails(email);
  const link = confirmation?.links.find((address) => address.includes('#confirm='));
  expect(confirmation?.text).not.toContain('刷卡失敗');
  await page.goto(link ?? '');
  const confirm = page.getByRole('button', { name: '確認送出' });
  await expect(confirm).toBeVisible();
  expect(page.url()).not.toContain('confirm');
  await expect(host.show('taipei', id, 'mia')).rejects.toThrow(/404/);
  await expectAccessible(page);

  await confirm.click();
  await expect(page.getByRole('heading', { name: '已送出給客服' })).toBeVisible();
  await expect(shopper.log.getByText('刷卡失敗兩次')).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(shopper.log.getByText('刷卡失敗兩次')).toBeVisible();

  await host.command('taipei', id, 'mia', 'reply', { text: '您好，訂單已成立。\n明細：https://example.com/o/1', then: 'keep_open' });
  await expect.poll(async () => (await host.mails(email)).length).toBe(2);
  const [reply] = await host.mails(email);
  await page.goto(reply?.links.find((address) => address.includes('#inquiry=')) ?? '');
  await expect(shopper.log.getByText('訂單已成立')).toBeVisible();
  await expect(shopper.log.getByRole('link', { name: /example\.com\/o\/1/ })).toHaveAttribute('rel', /noopener/);
  expect(page.url()).not.toContain('inquiry=');
  await shopper.write('謝謝，看到了');
  expect((await host.show('taipei', id, 'mia')).status).toBe('awaiting_reply');
  await shopper.settleAndRate('非常滿意');
  await expectAccessible(page);
});

test.describe('a link that does not hold', () => {
  test.use({ provoked: [/401/] });

  test('says so, and what to do', async ({ page }) => {
    await page.goto('/guest/#confirm=forged&shop=taipei');
    await page.getByRole('button', { name: '確認送出' }).click();
    await expect(page.getByRole('heading', { name: '這個連結已失效' })).toBeVisible();
    await expect(page.getByText('請回到網站重新填寫')).toBeVisible();
    await page.goto('/guest/#inquiry=forged&shop=taipei');
    await expect(page.getByText('請重新打開最近一封客服信件裡的連結')).toBeVisible();
    await expectAccessible(page);
  });
});

test('without a link the guest page says where to come from, in three languages', async ({ page }) => {
  await page.goto('/guest/');
  await expect(page.getByRole('heading', { name: '請從信件開啟' })).toBeVisible();
  await page.getByLabel('語言').selectOption('en');
  await expect(page.getByRole('heading', { name: 'Please come from your mail' })).toBeVisible();
  await page.getByLabel('Language').selectOption('zh-Hans');
  await expect(page.getByRole('heading', { name: '请从邮件打开' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
});
