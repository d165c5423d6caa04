import { randomUUID } from 'node:crypto';
import { type Locator, type Page, expect } from '@playwright/test';

/** The demo storefront as a shopper sees it. */
export class Shopper {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async visit(path = '', as?: string): Promise<void> {
    await this.page.goto('/storefront/');
    if (as) await this.page.getByLabel('登入身分').selectOption({ label: as });
    if (path) await this.page.goto(`/storefront/#/${path}`);
  }

  /** An address that no other test writes to. */
  address(): string {
    return `guest-${randomUUID().slice(0, 8)}@example.com`;
  }

  async introduce(name: string, email: string): Promise<void> {
    await this.page.getByLabel('姓名').fill(name);
    await this.page.getByLabel('電子郵件').fill(email);
  }

  /** Sends the form; gives the id of the inquiry that came of it. */
  async ask(category: string, text: string): Promise<string> {
    await this.page.getByLabel('問題類型').selectOption({ label: category });
    await this.text.fill(text);
    const answer = this.page.waitForResponse((response) => response.url().endsWith('/inquiries'));
    await this.send.click();
    await expect(this.received).toBeVisible();
    return ((await (await answer).json()) as { id: string }).id;
  }

  get text(): Locator {
    return this.page.getByLabel('留言內容');
  }

  get send(): Locator {
    return this.page.getByRole('button', { name: '送出留言' });
  }

  get received(): Locator {
    return this.page.getByRole('heading', { name: '已收到您的留言' });
  }

  get log(): Locator {
    return this.page.getByRole('log');
  }

  async write(text: string): Promise<void> {
    await this.page.getByLabel('補充留言').fill(text);
    await this.page.getByRole('button', { name: '送出', exact: true }).click();
    await expect(this.log.getByText(text)).toBeVisible();
    await expect(this.page.getByLabel('補充留言')).toHaveValue('');
  }

  async settleAndRate(rating: string): Promise<void> {
    await this.page.getByRole('button', { name: '問題已解決' }).click();
    await this.page.getByRole('radio', { name: rating, exact: true }).check();
    await this.page.getByLabel('想對我們說的話').fill('回覆很快');
    await this.page.getByRole('button', { name: '送出評分' }).click();
    await expect(this.page.getByText(`謝謝您的評分：${rating}`)).toBeVisible();
  }
}
