import { describe, expect, it } from 'vitest';
import { neighbour, stepFrom } from './step';

const ids = ['a', 'b', 'c'];

describe('stepping', () => {
  it('begins at the near end', () => {
    expect(stepFrom(ids, undefined, 0, 1)).toBe(0);
    expect(stepFrom(ids, undefined, 0, -1)).toBe(2);
  });

  it('stays within the list', () => {
    expect(stepFrom(ids, 'c', 2, 1)).toBe(2);
    expect(stepFrom(ids, 'a', 0, -1)).toBe(0);
  });

  it('goes on from where a vanished row stood', () => {
    expect(stepFrom(ids, 'gone', 1, 1)).toBe(1);
    expect(stepFrom(ids, 'gone', 1, -1)).toBe(0);
  });
});

it('finds what comes after a finished inquiry', () => {
  expect(neighbour(ids, 'a')).toBe('b');
  expect(neighbour(ids, 'c')).toBe('b');
  expect(neighbour(['a'], 'a')).toBeUndefined();
});
