import { describe, expect, it } from 'vitest';
import { createTranslator, pickLocale } from './index';
import en from './messages/en.json';
import ordersEn from './messages/orders/en.json';
import ordersHans from './messages/orders/zh-Hans.json';
import ordersHant from './messages/orders/zh-Hant.json';
import hans from './messages/zh-Hans.json';
import hant from './messages/zh-Hant.json';
import { simplifiedOnly } from './simplified';

type Catalogue = Record<string, string>;
const stem = (key: string) => key.replace(/_(one|other)$/, '');
const stems = (catalogue: Catalogue) => [...new Set(Object.keys(catalogue).map(stem))].toSorted();
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).toSorted();

describe.each([
  ['zh-Hans', hans as Catalogue, hant as Catalogue],
  ['en', en as Catalogue, hant as Catalogue],
  ['zh-Hans of orders', ordersHans as Catalogue, ordersHant as Catalogue],
  ['en of orders', ordersEn as Catalogue, ordersHant as Catalogue],
])('%s', (_, catalogue, base) => {
  it('has the keys of the base, no more and no fewer', () => {
    expect(stems(catalogue)).toEqual(stems(base));
  });

  it('uses the placeholders of the base', () => {
    for (const [key, text] of Object.entries(catalogue)) {
      const original = base[key] ?? base[`${stem(key)}_other`] ?? '';
      expect(placeholders(text), key).toEqual(placeholders(original));
    }
  });

  it('leaves nothing empty', () => {
    expect(Object.entries(catalogue).filter(([, text]) => !text.trim())).toEqual([]);
  });
});

it('writes the base in Traditional characters only', () => {
  const found = Object.entries({ ...hant, ...ordersHant }).filter(([, text]) => simplifiedOnly(text).length > 0);
  expect(found).toEqual([]);
});

it('says nothing twice', () => {
  const both = Object.keys(ordersHant).filter((key) => key in hant);
  expect(both).toEqual([]);
});

it('knows Simplified characters when it sees them', () => {
  expect(simplifiedOnly('账户模板收件箱')).toEqual(['账', '户']);
  expect(simplifiedOnly('订单')).toEqual(['订', '单']);
});

it('translates, switches and fills in', async () => {
  const translator = await createTranslator('zh-Hant');
  expect(translator.t('tab.active')).toBe('進行中');
  await translator.use('en');
  expect(translator.t('list.updates', { count: 1 })).toBe('1 update');
  expect(translator.t('list.updates', { count: 3 })).toBe('3 updates');
  expect(translator.t('row.order', { order: '<b>1' })).toBe('Order <b>1');
});

it('learns the words of a part, and keeps them in the next language', async () => {
  const translator = await createTranslator('zh-Hant');
  expect(translator.t('refunds.agree')).toBe('refunds.agree');
  await translator.learn('orders');
  expect(translator.t('refunds.agree')).toBe('同意退款');
  await translator.use('en');
  expect(translator.t('refunds.agree')).toBe('Agree to refund');
});

it.each([
  [null, ['zh-TW'], 'zh-Hant'],
  [null, ['zh-HK', 'en'], 'zh-Hant'],
  [null, ['zh-CN'], 'zh-Hans'],
  [null, ['fr', 'en-GB'], 'en'],
  [null, ['fr'], 'zh-Hant'],
  ['en', ['zh-TW'], 'en'],
])('begins in the right language: %s %j gives %s', (chosen, preferred, expected) => {
  expect(pickLocale(chosen, preferred)).toBe(expected);
});
