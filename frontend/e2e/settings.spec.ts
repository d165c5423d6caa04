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
  await shifts.getByLabel('開始').fill('18:00');
  await shifts.getByLabel('結束').fill('09:00');
  await shifts.getByRole('button', { name: '加入' }).click();
  await expect(shifts.getByRole('alert')).toContainText('結束時間必須晚於開始時間');
  await shifts.getByLabel('開始').fill('09:00');
  await shifts.getByLabel('結束').fill('18:00');
  await shifts.getByRole('button', { name: '加入' }).click();
  await expect(shifts.getByText('09:00–18:00')).toBeVisible();
  await expect(page.getByText('沒有人值班的時段')).toBeVisible();
  await picture('settings-roster');

  await go('team');
  const capacity = page.locator('article').filter({ hasText: agent.nickname }).getByLabel('同時處理上限');
  await capacity.fill('15');
  await capacity.blur();
  await expect(desk.toast('已儲存').first()).toBeVisible();
  await picture('settings-team');
  expect(((await team.read('主管', '/agents')) as { agents: { id: string; capacity: number }[] }).agents.find(({ id }) => id === agent.id)?.capacity).toBe(15);

  await go('service');
  await page.getByRole('radio', { name: '只計營業時間' }).check();
  await page.getByRole('button', { name: '儲存' }).click();
  await expect(page.getByText(/business_hours/)).toBeVisible();
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
test.use({ provoked: [/422/] });
