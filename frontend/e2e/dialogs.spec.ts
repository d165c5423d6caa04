import { expectAccessible } from './support/axe';
import { Team } from './support/team';
import { expect, test } from './support/test';

test.use({ provoked: [/ERR_CONNECTION_RESET|409/] });

test('a transfer that fails says why in its dialog, keeps its note, and can be sent again', async ({ host, desk, page, request }) => {
  const team = await Team.of(request, '小甲', '小乙');
  await team.only();
  const [me, other] = [team.person('小甲'), team.person('小乙')];
  const member = host.member('王小明');
  const id = await host.submit(team.shop, member);
  await team.as('小甲', 'POST', `/inquiries/${id}/assign`, { to: me.id }, { 'if-match': '"1"' });
  await desk.signIn(me.nickname);
  await desk.open(`/${team.shop}/active/${id}`);
  await expect(desk.log).toBeVisible();
  await page.keyboard.press('t');
  await desk.dialog.getByRole('radio', { name: new RegExp(other.nickname) }).check();
  const note = desk.dialog.getByLabel(/附註/);
  await note.fill('熟客，請優先');
  const send = desk.dialog.getByRole('button', { name: '轉移' });

  await page.route('**/assign', (route) => route.abort('connectionreset'));
  await send.click();
  await expect(desk.dialog.getByRole('alert')).toContainText('伺服器沒有回應');
  await expect(note).toHaveValue('熟客，請優先');
  await expectAccessible(page);
  await page.unroute('**/assign');

  await host.write(team.shop, member, id, '還在嗎？');
  await send.click();
  await expect(desk.dialog.getByRole('alert')).toContainText('這則詢問剛剛有了更新');
  await expect(note).toHaveValue('熟客，請優先');
  await send.click();
  await expect(desk.dialog).toHaveCount(0);
  const { inquiry } = (await team.read('小乙', `/inquiries/${id}`)) as { inquiry: { assignee: string } };
  expect(inquiry.assignee).toBe(other.id);
});

test('a press that begins in a dialog and ends outside does not close it', async ({ desk, page }) => {
  await desk.signIn('小米');
  await page.keyboard.press('?');
  const heading = desk.dialog.getByRole('heading', { name: '鍵盤快速鍵' });
  const box = await heading.boundingBox();
  if (!box) throw new Error('the heading is nowhere');
  await page.mouse.move(box.x + 5, box.y + 5);
  await page.mouse.down();
  await page.mouse.move(5, 5);
  await page.mouse.up();
  await expect(heading).toBeVisible();
  await page.mouse.click(5, 5);
  await expect(desk.dialog).toHaveCount(0);
});
