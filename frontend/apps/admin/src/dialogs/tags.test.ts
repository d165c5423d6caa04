import { expect, it } from 'vitest';
import { splitTags, tagChange, tagsFit } from './tags';

it('reads tags as people type them', () => {
  expect(splitTags('缺貨， #補寄、vip;vip')).toEqual(['缺貨', '補寄', 'vip']);
  expect(splitTags(' , ')).toEqual([]);
});

it('counts characters, not bytes', () => {
  expect(tagsFit(['貨'.repeat(24)])).toBe(true);
  expect(tagsFit(['貨'.repeat(25)])).toBe(false);
  expect(tagsFit(Array.from({ length: 11 }, (_, at) => String(at)))).toBe(false);
});

it('says only what changes', () => {
  expect(tagChange(['a', 'b'], ['b', 'c'])).toEqual({ add: ['c'], remove: ['a'] });
});
