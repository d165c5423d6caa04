import { test as base, expect } from '@playwright/test';
import { Desk } from './desk';
import { Host } from './host';
import { watch } from './watch';

type Fixtures = {
  /** Console messages that the test provokes on purpose, such as the browser's own line about a 409. */
  provoked: RegExp[];
  desk: Desk;
  host: Host;
};

export const test = base.extend<Fixtures>({
  provoked: [[], { option: true }],
  host: async ({ request }, use) => use(new Host(request)),
  desk: async ({ page }, use) => use(new Desk(page)),
  page: async ({ page, provoked }, use) => {
    const found = await watch(page);
    await use(page);
    expect(found.filter((line) => !provoked.some((allowed) => allowed.test(line)))).toEqual([]);
  },
});

export { expect };
