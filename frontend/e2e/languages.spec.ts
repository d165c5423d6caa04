import { expect, test } from './support/test';

test('the site speaks three languages and remembers the choice', async ({ desk, page }) => {
  await desk.signIn('小米');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hant');
  await desk.button('個人選單').click();
  await page.getByRole('menuitemcheckbox', { name: 'English' }).click();
  await expect(page.getByRole('navigation', { name: 'Lists of inquiries' })).toContainText('Unassigned');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.reload();
  await page.getByRole('button', { name: 'Account menu' }).click();
  await page.getByRole('menuitemcheckbox', { name: '简体中文' }).click();
  await expect(page.getByRole('navigation', { name: '咨询列表' })).toContainText('进行中');
});

test('light and dark follow the system until chosen', async ({ desk, page }) => {
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.emulateMedia({ colorScheme: 'light' });
  await desk.signIn('小米');
  const light = await background();
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await background();
  expect(dark).not.toBe(light);
  await desk.button('個人選單').click();
  await page.getByRole('menuitemcheckbox', { name: '淺色' }).click();
  expect(await background()).toBe(light);
});
