import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { Shopper } from './shopper';
import { Store } from './store';
import { Team } from './team';
import { expect, test } from './test';
import { watch } from './watch';

const FOLDER = join(import.meta.dirname, '../../../docs/screenshots');

/** The member of the demo storefront whose orders these are. */
export const MING = { id: 'm-1001', name: '王小明', email: 'xiaoming@example.com' };

type Fixtures = {
  team: Team;
  store: Store;
  /** 王小明 in a browser of their own, beside the agent's. */
  shopper: Shopper;
  /** Checks a page, and keeps how it looks where that is wanted. */
  picture: (of: Page, name: string) => Promise<void>;
};

/** What is seen of money on both sides: the agent's pages, and the customer's in the demo storefront. */
export const seen = test.extend<Fixtures>({
  team: async ({ request }, use) => use(await Team.demo(request)),
  store: async ({ team, request }, use) => use(await Store.of(team, request)),
  shopper: async ({ browser, baseURL, provoked }, use, { project }) => {
    const context = await browser.newContext({ ...project.use, ...(baseURL && { baseURL }) });
    const page = await context.newPage();
    const found = await watch(page);
    await use(new Shopper(page));
    expect(found.filter((line) => !provoked.some((allowed) => allowed.test(line)))).toEqual([]);
    await context.close();
  },
  picture: async ({ baseURL: _ }, use, { project }) => {
    await use(async (of, name) => {
      await expectAccessible(of);
      if (!process.env['KEFU_SCREENSHOTS']) return;
      mkdirSync(FOLDER, { recursive: true });
      await of.mouse.move(0, 0);
      await of.screenshot({ path: join(FOLDER, `orders-${name}-${project.name}.png`), animations: 'disabled' });
    });
  },
});

/** 王小明 looks at an order. */
export async function look(shopper: Shopper, order: string): Promise<void> {
  await shopper.visit(`order/${order}`, MING.name);
  await expect(shopper.page.getByRole('heading', { name: `訂單編號 ${order}` })).toBeVisible();
}

/** An order in the workbench beside the conversation, which a phone shows as a sheet. */
export async function beside(page: Page, order: string): Promise<Locator> {
  const sheet = page.getByRole('button', { name: '顧客資料' });
  if (await sheet.isVisible()) await sheet.click();
  return page.getByRole('region', { name: '顧客的訂單' }).getByRole('article', { name: `訂單 ${order}` });
}
