import { expectAccessible } from './support/axe';
import { expect, test } from './support/test';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('axe finds nothing at the sign-in, in the lists, in a conversation and in dialogs', async ({ desk, host, page }) => {
      test.slow();
      await page.goto('/admin/');
      await expect(page.getByRole('button', { name: /小米/ })).toBeVisible();
      await expectAccessible(page);

      const member = host.member('無障礙');
      const id = await host.submit('taipei', member, { category: 'payment' });
      await host.command('taipei', id, 'mia', 'assign', { to: 'mia' });
      await host.command('taipei', id, 'mia', 'notes', { text: '只有店鋪看得到' });
      await host.command('taipei', id, 'mia', 'reply', { text: '正在查詢', then: 'keep_open' });
      await host.command('taipei', id, 'mia', 'label', { flag: 'orange', add_tags: ['缺貨'] });
      await host.write('taipei', member, id, '謝謝');

      await desk.signIn('小米');
      await desk.open('/taipei/active?sort=latest');
      await expect(desk.row(id)).toBeVisible();
      await expectAccessible(page);
      await desk.button('篩選').click();
      await expectAccessible(page);
      await desk.open('/taipei/expiring?category=warranty');
      await expectAccessible(page);

      await desk.open(`/taipei/active/${id}`);
      await expect(desk.log).toContainText('謝謝');
      await expectAccessible(page);
      await desk.actions.getByRole('button', { name: /標記/ }).click();
      await expect(page.getByRole('menuitemcheckbox', { name: '紫色' })).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await desk.actions.getByRole('button', { name: '轉移' }).click();
      await expect(desk.dialog).toBeVisible();
      await expectAccessible(page);
    });
  });
}
