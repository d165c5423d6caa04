import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { Desk } from './support/desk';
import { expectAccessible } from './support/axe';
import { Shopper } from './support/shopper';
import { expect, test } from './support/test';
import { watch } from './support/watch';

const FOLDER = join(import.meta.dirname, '../../docs/screenshots');

// The mailbox shows a mail's markup in a frame that runs nothing, and says so when axe looks into it.
test.use({ provoked: [/Blocked script execution in .*\/mailbox\//] });

test('a guest asks, an agent answers, the guest reads and answers, the agent closes', async ({ host, page, browser }, { project }) => {
  const phone = project.name === 'phone';
  const picture = async (of: Page, name: string): Promise<void> => {
    await expectAccessible(of);
    if (!process.env['KEFU_SCREENSHOTS']) return;
    mkdirSync(FOLDER, { recursive: true });
    await of.screenshot({ path: join(FOLDER, `${name}-${project.name}.png`), animations: 'disabled' });
  };

  const shopper = new Shopper(page);
  const email = shopper.address();
  await shopper.visit('contact');
  await shopper.introduce('林小美', email);
  await page.getByLabel('問題類型').selectOption({ label: '物流配送' });
  await shopper.text.fill('訂單已經五天了還沒收到，請問現在寄到哪裡了？');
  await picture(page, 'journey-1-guest-asks');
  const id = await shopper.ask('物流配送', '訂單已經五天了還沒收到，請問現在寄到哪裡了？');
  await picture(page, 'journey-2-guest-is-told-to-confirm');

  await expect.poll(async () => (await host.mails(email)).length).toBe(1);
  const [confirmation] = await host.mails(email);
  await page.goto(confirmation?.links.find((address) => address.includes('#confirm=')) ?? '');
  await page.getByRole('button', { name: '確認送出' }).click();
  await expect(shopper.log.getByText('還沒收到')).toBeVisible();
  await picture(page, 'journey-3-guest-confirmed');

  const context = await browser.newContext({ ...project.use, baseURL: new URL(page.url()).origin });
  const office = await context.newPage();
  const troubles = await watch(office);
  const desk = new Desk(office);
  await desk.signIn('小米');
  await desk.open('/taipei/unassigned?sort=latest');
  await expect(desk.row(id)).toBeVisible();
  await picture(office, 'inbox');
  if (phone) {
    await desk.row(id).click();
    await desk.actions.getByRole('button', { name: '分配給我' }).click();
  } else {
    await office.keyboard.press('j');
    await expect(office).toHaveURL(new RegExp(id));
    await office.keyboard.press('Enter');
  }
  await expect(desk.toast('已分配給您')).toBeVisible();
  expect((await host.show('taipei', id, 'mia')).assignee).toBe('mia');

  await desk.open(`/taipei/active/${id}`);
  await desk.reply.click();
  await office.getByLabel('送出後').selectOption('keep_open');
  await desk.reply.fill('您好，包裹今天早上已到營業所，下午會送達。送達前司機會先打電話。');
  await picture(office, 'journey-4-agent-answers');
  await desk.button('送出並通知會員').click();
  await expect(desk.toast('已送出')).toBeVisible();

  await expect.poll(async () => (await host.mails(email)).length).toBe(2);
  const [reply] = await host.mails(email);
  expect(reply?.text).toContain('下午會送達');
  await page.goto(`/mailbox?to=${email}`);
  await page.getByRole('link', { name: /回覆/ }).first().click();
  await expect(page.getByText('下午會送達').first()).toBeVisible();
  await picture(page, 'journey-5-guest-reads-the-mail');
  await page.goto(reply?.links.find((address) => address.includes('#inquiry=')) ?? '');
  await expect(shopper.log.getByText('下午會送達')).toBeVisible();
  await shopper.write('太好了，謝謝您！');
  await picture(page, 'journey-6-guest-answers');

  await desk.open('/taipei/active');
  await expect(desk.log).toHaveCount(0);
  await desk.open(`/taipei/active/${id}`);
  await expect(desk.log).toContainText('太好了');
  await picture(office, 'journey-7-agent-sees-the-answer');
  await desk.actions.getByRole('button', { name: '結案' }).click();
  await desk.dialog.getByRole('radio', { name: /意見|回饋/ }).check();
  await picture(office, 'journey-8-agent-closes');
  await desk.dialog.getByRole('button', { name: '結案' }).click();
  await expect(desk.toast('已結案，未通知會員')).toBeVisible();
  expect((await host.show('taipei', id, 'mia')).status).toBe('replied');
  expect(await host.mails(email)).toHaveLength(2);
  expect(troubles).toEqual([]);
  await context.close();
});
