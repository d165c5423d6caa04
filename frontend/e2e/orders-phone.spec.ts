import { expectAccessible } from './support/axe';
import { Store } from './support/store';
import { Team } from './support/team';
import { expect, test } from './support/test';

test('orders and refunds are cards, pushed and popped, with targets large enough', async ({ desk, host, page, request }) => {
  const team = await Team.of(request, '小癸');
  const store = await Store.of(team, request);
  const member = host.member('王手機');
  const number = await store.order(member, { paidDaysAgo: 6, daysToShip: 2 });
  await store.customer(member, number, 'refund-requests', { reason: 'late' });
  await desk.signIn(team.person('小癸').nickname);
  const bar = page.getByRole('navigation', { name: '主選單' });
  await bar.getByRole('link', { name: '訂單' }).tap();
  await page.getByRole('link', { name: number }).tap();
  await expect(page.getByRole('region', { name: `訂單 ${number}` })).toContainText('同意退款');
  await expect(bar).toBeHidden();
  await expectAccessible(page);
  await page.getByRole('link', { name: '返回' }).tap();
  await bar.getByRole('link', { name: '退款' }).tap();
  await page.getByRole('button', { name: `同意退款：訂單 ${number}` }).tap();
  await expect(desk.dialog).toContainText('無法撤回');
  await expectAccessible(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, a.button, nav a, select, textarea')]
      .filter((element) => element.checkVisibility() && !element.closest('[popover]'))
      .filter((element) => element.getBoundingClientRect().height < 44)
      .map((element) => element.ariaLabel ?? element.textContent),
  );
  expect(small).toEqual([]);
});
