import { Team } from './support/team';
import { expect, test } from './support/test';

type Heard = { tones: number; told: string[] };

test('what is new makes a sound and is told by the browser, unless that is turned off', async ({ host, desk, page, request }) => {
  const team = await Team.of(request, '小甲', '小乙');
  await team.only();
  const me = team.person('小甲');
  const member = host.member('王小明');
  const id = await host.submit(team.shop, member);
  await team.as('小甲', 'POST', `/inquiries/${id}/assign`, { to: me.id }, { 'if-match': '"1"' });
  await page.addInitScript(() => {
    const heard: Heard = { tones: 0, told: [] };
    const Real = globalThis.AudioContext;
    class Counted extends Real {
      override createOscillator(): OscillatorNode {
        heard.tones++;
        return super.createOscillator();
      }
    }
    class Told extends EventTarget {
      static readonly permission = 'granted';
      constructor(title: string) {
        super();
        heard.told.push(title);
      }
    }
    Object.assign(globalThis, { heard, AudioContext: Counted, Notification: Told });
  });
  const heard = (): Promise<Heard> => page.evaluate(() => (globalThis as unknown as { heard: Heard }).heard);
  await desk.signIn(me.nickname);
  await desk.open(`/${team.shop}/settings/personal`);
  const choice = (name: RegExp) => page.getByRole('checkbox', { name });
  await expect(choice(/提示音/)).toBeChecked();
  await expect(choice(/瀏覽器通知/)).not.toBeChecked();
  await choice(/瀏覽器通知/).check();

  const unread = desk.page.getByRole('navigation', { name: '詢問列表' }).getByRole('link', { name: '未讀' });
  await desk.open(`/${team.shop}/active`);
  await desk.row(id).click();
  await expect(desk.log).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(unread).toHaveText(/^0/);
  /** The person looks elsewhere; opening the shops asks the API at once. */
  const arrives = async (text: string, count: string): Promise<void> => {
    await page.evaluate(() => Object.defineProperty(document, 'hidden', { value: true, configurable: true }));
    await host.write(team.shop, member, id, text);
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await expect(unread).toHaveText(new RegExp(`^${count}`));
    await page.keyboard.press('Escape');
    await page.evaluate(() => Reflect.deleteProperty(document, 'hidden'));
  };
  await arrives('在嗎？', '1');
  await expect.poll(heard).toEqual({ tones: 1, told: ['有新的顧客訊息'] });

  await desk.open(`/${team.shop}/settings/personal`);
  await choice(/提示音/).uncheck();
  await choice(/瀏覽器通知/).uncheck();
  await desk.open(`/${team.shop}/active/${id}`);
  await expect(desk.log).toContainText('在嗎？');
  await expect(unread).toHaveText(/^0/);
  await page.keyboard.press('Escape');
  await arrives('還在嗎？', '1');
  expect(await heard()).toEqual({ tones: 1, told: ['有新的顧客訊息'] });
});

test('the shop switcher shows what is unread and what queues in each shop; a row says both of its times', async ({ host, desk, page, request }) => {
  const team = await Team.of(request, '小甲', '小乙');
  await team.only();
  const me = team.person('小甲');
  const member = host.member('李小美');
  const id = await host.submit(team.shop, member, { subject: '何時補貨', category: 'suggestion' });
  await team.as('小甲', 'POST', `/inquiries/${id}/assign`, { to: me.id }, { 'if-match': '"1"' });
  for (const name of ['甲', '乙']) await host.submit(team.shop, host.member(name));
  await team.advance(2 * 3600);
  await host.write(team.shop, member, id, '補充：要黑色的');
  await desk.signIn(me.nickname);
  await desk.open(`/${team.shop}/active`);
  await expect(desk.row(id)).toContainText('等待 2 小時');
  await expect(desk.row(id)).toContainText('剛剛');
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(page.getByRole('menuitem', { name: /小隊商店/ })).toContainText('未讀 1 · 排隊 2');
});
