import { expect, test } from './support/test';

test('a draft is kept per inquiry and box, over a reload', async ({ desk, host, page }) => {
  const one = await host.submit('taipei', host.member('草稿甲'));
  const two = await host.submit('taipei', host.member('草稿乙'));
  await desk.signIn('小米');
  await desk.open(`/taipei/unassigned/${one}`);
  await desk.reply.fill('寫到一半');
  await expect(page.getByText('草稿已存在這台裝置')).toBeVisible();
  await desk.button('內部備註').click();
  await expect(desk.note).toHaveValue('');
  await desk.note.fill('備註草稿');
  await desk.open(`/taipei/unassigned/${two}`);
  await expect(desk.reply).toHaveValue('');
  await desk.open(`/taipei/unassigned/${one}`);
  await page.reload();
  await expect(desk.reply).toHaveValue('寫到一半');
  await desk.button('內部備註').click();
  await expect(desk.note).toHaveValue('備註草稿');
});

test.describe('when the inquiry moves on', () => {
  test.use({ provoked: [/status of 409/] });

  test('what is new is shown, the draft stays, and it can be sent anyway', async ({ desk, host, page }) => {
    const member = host.member('同時');
    const id = await host.submit('taipei', member);
    await desk.signIn('小米');
    await desk.open(`/taipei/unassigned/${id}`);
    await page.getByLabel('送出後').selectOption('keep_open');
    await desk.reply.fill('馬上為您查詢');
    await host.write('taipei', member, id, '不用了,已經收到');
    await desk.button('送出並通知會員').click();
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('有了更新');
    await expect(alert).toContainText('不用了,已經收到');
    await expect(desk.reply).toHaveValue('馬上為您查詢');
    await desk.button('仍要送出').click();
    await expect(desk.toast('已送出')).toBeVisible();
    await expect(desk.log.getByText('馬上為您查詢')).toHaveCount(1);
  });

  test('a command on an old version shows the new state and changes nothing', async ({ desk, host, page }) => {
    const id = await host.submit('taipei', host.member('搶先'));
    await desk.signIn('小米');
    await desk.open(`/taipei/unassigned/${id}`);
    await expect(desk.log).toBeVisible();
    await host.command('taipei', id, 'leo', 'assign', { to: 'leo' });
    await desk.actions.getByRole('button', { name: '分配給我' }).click();
    await expect(desk.toast('已由 阿樂 接手')).toBeVisible();
    await expect(page.getByRole('region', { name: /搶先/ })).toContainText('阿樂');
    expect((await host.show('taipei', id, 'leo')).assignee).toBe('leo');
  });
});

test.describe('when no answer comes', () => {
  test.use({ provoked: [/net::ERR_/] });

  test('the text stays, and sending again does not double it', async ({ desk, host, page }) => {
    const id = await host.submit('taipei', host.member('斷線'));
    await desk.signIn('小米');
    await desk.open(`/taipei/unassigned/${id}`);
    await page.getByLabel('送出後').selectOption('keep_open');
    await desk.reply.fill('這一則只會有一次');
    // The host carries the command out; only its answer is lost on the way back.
    const keys: (string | undefined)[] = [];
    await page.route('**/reply', async (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      if (keys.length > 1) return route.continue();
      await route.fetch();
      return route.abort('connectionreset');
    });
    await desk.button('送出並通知會員').click();
    await expect(page.getByRole('alert')).toContainText('伺服器沒有回應');
    await expect(desk.reply).toHaveValue('這一則只會有一次');
    await desk.button('送出並通知會員').click();
    await expect(desk.toast('已送出')).toBeVisible();
    expect(keys[1]).toBe(keys[0]);
    await expect(desk.log.getByText('這一則只會有一次')).toHaveCount(1);
  });
});
