import { describe, expect, it } from 'vitest';
import { money, moneyDigits, parseMoney, plainMoney } from './money';

describe('money', () => {
  it('is written from minor units, with a fraction only where there is one', () => {
    expect(money(128_000, 'TWD', 'zh-Hant')).toBe('NT$1,280');
    expect(money(128_050, 'TWD', 'en')).toBe('NT$1,280.50');
    expect(money(1280, 'JPY', 'en')).toBe('¥1,280');
    expect(money(500, 'USD', 'zh-Hant')).toBe('US$5');
  });

  it('has the digits of its currency', () => {
    expect([moneyDigits('TWD'), moneyDigits('JPY'), moneyDigits('BHD')]).toEqual([2, 0, 3]);
    expect(plainMoney(128_050, 'TWD')).toBe('1280.5');
  });

  it.each([
    ['1280', 'TWD', 128_000],
    ['1,280.5', 'TWD', 128_050],
    ['１２８０', 'TWD', 128_000],
    ['1280.00', 'JPY', 1280],
    ['0.07', 'TWD', 7],
    ['1280.005', 'TWD', undefined],
    ['12.5', 'JPY', undefined],
    ['-5', 'TWD', undefined],
    ['', 'TWD', undefined],
    ['1e3', 'TWD', undefined],
  ])('reads %s %s as %s', (text, currency, minor) => {
    expect(parseMoney(text, currency)).toBe(minor);
  });
});
