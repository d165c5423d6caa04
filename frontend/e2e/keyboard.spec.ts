import { expect, test } from './support/test';

test('the inbox is worked by keyboard alone', async ({ desk, host, page }) => {
  const first = await host.submit('taipei', host.member('鍵盤甲'), { category: 'technical' });
  const second = await host.submit('taipei', host.member('鍵盤乙'), { category: 'technical' });
  await desk.signIn('小米');
  await desk.open('/taipei/unassigned?category=technical');
  await page.keyboard.press('j');
  await expect(page).toHaveURL(new RegExp(first));
  await page.keyboard.press('j');
  await expect(page).toHaveURL(new RegExp(second));
  await page.keyboard.press('k');
  await expect(page).toHaveURL(new RegExp(first));
  await page.keyboard.press('r');
  await page.keyboard.type('junk mail?');
  await expect(desk.reply).toHaveValue('junk mail?');
  await page.keyboard.press('Escape');
  await expect(desk.reply).not.toBeFocused();
  await page.keyboard.press('n');
  await expect(desk.note).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('t');
  await expect(desk.dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(desk.dialog).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(desk.log).toHaveCount(0);
});

test('lists, shops and help have keys, and single keys can be turned off', async ({ desk, page }) => {
  await desk.signIn('歐老闆');
  await page.keyboard.press('3');
  await expect(page).toHaveURL(/\/unreplied/);
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await expect(page).toHaveURL(/\/active/);
  await page.keyboard.press('?');
  await expect(desk.dialog.getByRole('heading', { name: '鍵盤快速鍵' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(desk.dialog).toHaveCount(0);
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await page.getByRole('menuitem', { name: '燈籠小舖' }).click();
  await expect(page).toHaveURL(/#\/lantern\/active/);
  await expect(page.getByRole('alert')).toContainText('客服');
  await desk.button('個人選單').click();
  await page.getByRole('menuitemcheckbox', { name: '單鍵快速鍵' }).click();
  await page.keyboard.press('3');
  await expect(page).toHaveURL(/\/active/);
});

test('help, shops and the way back to the inbox have keys over the settings, too', async ({ desk, page }) => {
  await desk.signIn('歐老闆');
  await desk.open('/taipei/settings/personal');
  await expect(page.getByRole('heading', { name: '個人', exact: true })).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('?');
  await expect(desk.dialog.getByRole('heading', { name: '鍵盤快速鍵' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(desk.dialog).toHaveCount(0);
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(page.getByRole('menuitem', { name: /台北選物/ })).toBeVisible();
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await expect(page).toHaveURL(/#\/taipei\/active$/);
});

test('an input mode that composes Chinese is left alone', async ({ desk, host, page }) => {
  const id = await host.submit('taipei', host.member('輸入法'));
  await desk.signIn('小米');
  await desk.open(`/taipei/unassigned/${id}`);
  await desk.reply.fill('您好');
  await desk.reply.evaluate((box) => {
    const press = { key: 'Enter', code: 'Enter', ctrlKey: true, bubbles: true, cancelable: true };
    box.dispatchEvent(new KeyboardEvent('keydown', { ...press, isComposing: true }));
    box.dispatchEvent(new KeyboardEvent('keydown', { ...press, keyCode: 229 }));
  });
  await expect(desk.reply).toHaveValue('您好');
  expect((await host.show('taipei', id, 'mia')).status).toBe('awaiting_reply');
  await desk.reply.blur();
  await page.evaluate(() => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ㄙ', code: 'KeyN', bubbles: true }));
  });
  await expect(desk.note).toBeFocused();
});
