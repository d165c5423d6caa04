import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from './support/axe';
import { Team } from './support/team';
import { expect, test } from './support/test';

const FOLDER = join(import.meta.dirname, '../../docs/screenshots');

test('supervisors plan shifts and capacity, owners the hours, agents propose a name', async ({ desk, page, request }, { project }) => {
  const picture = async (name: string): Promise<void> => {
    await expectAccessible(page);
    if (!process.env['KEFU_SCREENSHOTS']) return;
    mkdirSync(FOLDER, { recursive: true });
    await page.screenshot({ path: join(FOLDER, `${name}-${project.name}.png`), animations: 'disabled', fullPage: true });
  };
  const team = await Team.of(request, '小壬');
  const agent = team.person('小壬');
  await desk.signIn(team.person('店主').nickname);
  const go = (path: string) => page.evaluate((hash) => (location.hash = hash), `/${team.shop}/settings/${path}`);

  await go('roster');
  const shifts = page.getByRole('group', { name: `${agent.nickname} 的班次` });
  await shifts.getByLabel('星期', { exact: true }).selectOption('星期一');
  await shifts.getByLabel('開始').fill('18:00');
  await shifts.getByLabel('結束').fill('09:00');
  await shifts.getByRole('button', { name: '加入' }).click();
  await expect(shifts.getByRole('alert')).toContainText('結束時間必須晚於開始時間');
  await shifts.getByLabel('開始').fill('09:00');
  await shifts.getByLabel('結束').fill('18:00');
  await shifts.getByRole('button', { name: '加入' }).click();
  await expect(shifts.getByText('09:00–18:00')).toBeVisible();
  const uncovered = page.getByRole('status').filter({ hasText: '沒有人值班的時段' });
  await expect(uncovered).toContainText('星期一 00:00–09:00、18:00–24:00');
  await shifts.getByLabel('星期', { exact: true }).selectOption('星期日');
  await shifts.getByLabel('開始').fill('930');
  await shifts.getByLabel('結束').fill('2400');
  await shifts.getByLabel('結束').press('Enter');
  await expect(shifts.getByText('09:30–24:00')).toBeVisible();
  await expect(uncovered).toContainText('星期日 00:00–09:30');
  await picture('settings-roster');

  await go('team');
  const capacity = page.locator('article').filter({ hasText: agent.nickname }).getByLabel('同時處理上限');
  await capacity.fill('-1');
  await capacity.blur();
  await expect(page.getByRole('alert').filter({ hasText: '請輸入 0 到 200 的整數' })).toBeVisible();
  await expect(capacity).toHaveAccessibleDescription('請輸入 0 到 200 的整數');
  await capacity.fill('15');
  await capacity.blur();
  await expect(desk.toast('已儲存').first()).toBeVisible();
  const responsible = page.locator('article').filter({ hasText: agent.nickname });
  for (const category of ['付款問題', '退款']) await responsible.getByRole('checkbox', { name: category, exact: true }).check();
  await expect(desk.toast('已儲存')).toHaveCount(1);
  await picture('settings-team');
  type Planned = { agents: { id: string; categories: string[] }[] };
  const categories = async (): Promise<string[] | undefined> =>
    ((await team.read('主管', '/agents')) as Planned).agents.find(({ id }) => id === agent.id)?.categories;
  await expect.poll(categories).toEqual(expect.arrayContaining(['payment', 'refund']));
  expect(((await team.read('主管', '/agents')) as { agents: { id: string; capacity: number }[] }).agents.find(({ id }) => id === agent.id)?.capacity).toBe(15);

  await go('service');
  await page.getByRole('radio', { name: '只計營業時間' }).check();
  await page.getByRole('button', { name: '儲存' }).click();
  await expect(page.locator('.card').filter({ hasText: '營業時間' }).getByRole('alert').filter({ hasText: '請填寫這個欄位' })).toBeVisible();
  await expect(page.getByText('business_hours')).toHaveCount(0);
  const hours = page.getByRole('group', { name: '營業時間' });
  await hours.getByRole('button', { name: '加入' }).click();
  await page.getByRole('button', { name: '儲存' }).click();
  await expect(page.getByRole('button', { name: '儲存' })).toHaveCount(0);
  await picture('settings-service');

  await team.as('小壬', 'PUT', '/me', { nickname: '阿壬' });
  await go('proposals');
  await page.getByRole('button', { name: '核准' }).click();
  await expect(desk.toast('已核准')).toBeVisible();
  await expect(page.getByText('沒有等待核准的暱稱或頭像')).toBeVisible();

  await go('personal');
  await page.getByLabel('暱稱').fill('老闆');
  const picture64 = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  await page.getByLabel('頭像').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: Buffer.from(picture64, 'base64') });
  await page.getByRole('button', { name: '儲存' }).click();
  await expect(desk.toast('已儲存').first()).toBeVisible();
  await expect(page.getByRole('img', { name: '頭像' })).toHaveAttribute('src', /\/v1\/shops\/.+\/avatars\//);
  await picture('settings-personal');
});

test('what is unsaved is not lost by going elsewhere, nor by what somebody else saved', async ({ desk, page, request }) => {
  const team = await Team.of(request, '小癸');
  await desk.signIn(team.person('店主').nickname);
  await desk.open(`/${team.shop}/settings/service`);
  await page.getByLabel('對話中幾小時未跟進就提醒').fill('0');
  await expect(page.getByLabel('對話中幾小時未跟進就提醒')).toHaveAccessibleDescription('請輸入 1 到 168 的整數');
  await page.getByLabel('對話中幾小時未跟進就提醒').fill('48');
  await page.getByRole('navigation', { name: '設定' }).getByRole('link', { name: '值班表' }).click();
  await expect(desk.dialog).toContainText('離開這一頁會失去您剛才的變更');
  await expectAccessible(page);
  await desk.dialog.getByRole('button', { name: '繼續編輯' }).click();
  await expect(page).toHaveURL(/settings\/service$/);
  await expect(page.getByLabel('對話中幾小時未跟進就提醒')).toHaveValue('48');

  const shop = (await team.read('店主', '')) as { service_settings: object; settings_version: number };
  await team.as('店主', 'PUT', '/service-settings', { ...shop.service_settings, duty_required: true }, { 'if-match': `"${shop.settings_version}"` });
  await page.getByRole('button', { name: '儲存' }).click();
  await expect(page.getByText('其他人剛剛修改了設定')).toBeVisible();
  await page.getByRole('button', { name: '以我的內容為準' }).click();
  await page.getByRole('button', { name: '儲存' }).click();
  await expect(page.getByRole('button', { name: '儲存' })).toHaveCount(0);
  const saved = (await team.read('店主', '')) as { service_settings: { reminder_hours: number; duty_required: boolean } };
  expect(saved.service_settings).toMatchObject({ reminder_hours: 48, duty_required: false });

  await page.getByLabel('對話中幾小時未跟進就提醒').fill('12');
  await page.goBack();
  await desk.dialog.getByRole('button', { name: '放棄變更' }).click();
  await expect(page).not.toHaveURL(/settings\/service$/);
});

test('an agent proposes a name and a picture, sees that they wait, and turns digests off', async ({ desk, page, request }) => {
  const team = await Team.of(request, '小壬');
  const agent = team.person('小壬');
  await desk.signIn(agent.nickname);
  await desk.open(`/${team.shop}/settings/personal`);
  await page.getByLabel('暱稱').fill('');
  await expect(page.getByLabel('暱稱')).toHaveAccessibleDescription('請輸入暱稱');
  await page.getByLabel('頭像').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
  await expect(page.getByRole('alert').filter({ hasText: '無法讀取這張圖片' })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('暱稱').fill('阿壬');
  await page.getByRole('button', { name: '儲存' }).click();
  await expect(page.getByText('新的暱稱或頭像等待主管核准中')).toBeVisible();
  await expect(page.getByRole('button', { name: '儲存' })).toHaveCount(0);
  await page.reload();
  await expect(page.getByLabel('暱稱')).toHaveValue('阿壬');
  await expect(page.getByRole('button', { name: '儲存' })).toHaveCount(0);

  const digest = page.getByLabel(/摘要郵件/);
  await expect(digest).toBeChecked();
  await digest.uncheck();
  await expect(desk.toast('已儲存')).toBeVisible();
  expect(await team.read('小壬', '/me')).toMatchObject({ nickname: agent.nickname, digest: false });
});

test('the settings fit a phone, and targets are large enough', async ({ desk, page, request }) => {
  const team = await Team.of(request, '小壬');
  const shifts = [{ day: 'monday', from: '09:00', to: '18:00' }];
  await team.as('主管', 'PUT', `/agents/${team.person('小壬').id}/desk`, { shifts });
  await page.setViewportSize({ width: 390, height: 844 });
  await desk.signIn(team.person('店主').nickname);
  for (const path of ['personal', 'team', 'roster', 'service', 'proposals']) {
    await desk.open(`/${team.shop}/settings/${path}`);
    await expect(page.getByRole('navigation', { name: '設定' }).locator('[aria-current]')).toBeInViewport({ ratio: 1 });
    if (path === 'roster') await expect(page.getByText('09:00–18:00')).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.settings :is(button, a, select, .button, label:has([type=checkbox], [type=radio]))')]
        .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 44)
        .map((element) => `${element.ariaLabel ?? element.textContent}: ${element.getBoundingClientRect().height}`),
    );
    expect(small).toEqual([]);
  }
});

test('a shop whose backend pays makes a secret first, and replaces it in steps', async ({ desk, page, request }) => {
  const team = await Team.of(request, '小癸');
  await desk.signIn(team.person('店主').nickname);
  await desk.open(`/${team.shop}/settings/orders`);
  const secrets = page.getByRole('group', { name: 'Webhook 簽章密鑰' });
  const make = secrets.getByRole('button', { name: '產生新密鑰' });
  const save = page.getByRole('button', { name: '儲存', exact: true });
  await page.getByRole('radio', { name: /webhook/ }).check();
  await page.getByLabel('Webhook 網址').fill('https://shop.example.com/refunds');
  await expect(secrets.getByRole('alert')).toContainText('請先產生密鑰');
  await save.click();
  await expect(make).toBeFocused();
  await expectAccessible(page);
  await make.click();
  await expect(secrets).toContainText('使用中');
  await expect(secrets.getByLabel(/^密鑰/)).toHaveValue(/^[\w-]{43}$/);
  await save.click();
  await expect(desk.toast('已儲存')).toBeVisible();

  await make.click();
  await expect(secrets).toContainText('待啟用');
  await expect(make).toHaveCount(0);
  await secrets.getByRole('button', { name: '開始使用' }).click();
  await expect(desk.dialog).toContainText('商店後台必須已經加入這把密鑰');
  await expectAccessible(page);
  await desk.dialog.getByRole('button', { name: '開始使用' }).click();
  await expect(desk.toast('已開始使用')).toBeVisible();
  await expect(secrets).toContainText('前一把，仍然有效');
  await secrets.getByRole('button', { name: '刪除' }).click();
  await desk.dialog.getByRole('button', { name: '刪除' }).click();
  await expect(secrets).not.toContainText('前一把，仍然有效');
  const known = (await team.read('店主', '/order-settings')) as { payer: string; webhook_secrets: { role: string }[] };
  expect([known.payer, ...known.webhook_secrets.map(({ role }) => role)]).toEqual(['webhook', 'current']);
});

test.use({ provoked: [/40[19]|41[02]|422/] });
