import { describe, expect, it } from 'vitest';
import { hoursOf } from './hours';

describe('a time that was typed', () => {
  it.each([
    ['9', '09:00'],
    ['930', '09:30'],
    ['0930', '09:30'],
    ['9:30', '09:30'],
    [' 18.05 ', '18:05'],
    ['９：３０', '09:30'],
    ['24:00', '24:00'],
    ['0', '00:00'],
  ])('%j is %s', (typed, meant) => expect(hoursOf(typed)).toBe(meant));

  it.each(['', '25:00', '24:01', '9:60', '9:3', 'noon', '09:30:00'])('%j is none', (typed) => {
    expect(hoursOf(typed)).toBeUndefined();
  });
});
