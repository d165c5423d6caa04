import { type Locator, type Page, expect } from '@playwright/test';

/** The admin site as an agent sees it. */
export class Desk {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Signs in anew: what the issuer remembers of this browser is forgotten first. */
  async signIn(nickname: string): Promise<void> {
    await this.page.context().clearCookies({ name: 'kefu_issuer' });
    await this.page.goto('/admin/');
    await this.page.getByRole('button', { name: `以 ${nickname} 登入` }).click();
    await expect(this.page.getByRole('navigation', { name: '詢問列表' })).toBeVisible();
    await this.settled();
  }

  /** Goes to a place by its address, as a shared link would. */
  async open(path: string): Promise<void> {
    await this.page.evaluate((hash) => {
      location.hash = hash;
    }, path);
    await this.settled();
  }

  async settled(): Promise<void> {
    const list = this.page.getByRole('region', { name: '收件匣', includeHidden: true });
    await expect(list).toHaveAttribute('aria-busy', 'false');
  }

  row(id: string): Locator {
    return this.page.locator(`[data-row="${id}"]`);
  }

  /** The row's whole line, with its checkbox. */
  line(id: string): Locator {
    return this.page.getByRole('listitem').filter({ has: this.row(id) });
  }

  get log(): Locator {
    return this.page.getByRole('log');
  }

  get actions(): Locator {
    return this.page.getByRole('toolbar', { name: /對話操作/ });
  }

  get reply(): Locator {
    return this.page.getByRole('textbox', { name: '回覆', exact: true });
  }

  get note(): Locator {
    return this.page.getByRole('textbox', { name: '內部備註' });
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  toast(text: string | RegExp): Locator {
    return this.page.locator('.toast').filter({ hasText: text });
  }

  tab(name: string): Locator {
    return this.page.getByRole('navigation', { name: '詢問列表' }).getByRole('link', { name });
  }
}
