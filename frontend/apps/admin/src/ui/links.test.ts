import { expect, it } from 'vitest';
import { linkParts } from './links';

const links = (text: string) => linkParts(text).flatMap((part) => (part.href ? [part.href] : []));
const joined = (text: string) =>
  linkParts(text)
    .map((part) => part.text)
    .join('');

it.each([
  ['請看https://shop.example.com/a?b=1。謝謝', ['https://shop.example.com/a?b=1']],
  ['see (https://example.com/x_(y)), ok', ['https://example.com/x_(y)']],
  ['https://example.com/a, https://example.com/b.', ['https://example.com/a', 'https://example.com/b']],
  ['寫信到 help@shop.example.com!', ['mailto:help@shop.example.com']],
  ['javascript:alert(1) data:text/html,x www.example', []],
  ['沒有連結', []],
])('%s', (text, expected) => {
  expect(links(text)).toEqual(expected);
  expect(joined(text)).toBe(text);
});

it('leaves markup as text', () => {
  expect(linkParts('<img src=x onerror=alert(1)>')).toEqual([{ text: '<img src=x onerror=alert(1)>' }]);
});
