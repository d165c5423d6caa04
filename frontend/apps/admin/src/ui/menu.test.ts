import { describe, expect, it } from 'vitest';
import { menuPlace, menuStep } from './menu';

describe('keys in a menu', () => {
  it.each([
    ['ArrowDown', 2, 0],
    ['ArrowDown', -1, 0],
    ['ArrowUp', 0, 2],
    ['ArrowUp', -1, 2],
    ['Home', 1, 0],
    ['End', 0, 2],
    ['x', 0, undefined],
  ])('%s at %d of 3 leads to %s', (key, at, next) => {
    expect(menuStep(key, at, 3)).toBe(next);
  });
});

describe('the place of a menu', () => {
  const view = { width: 400, height: 800 };
  const menu = { width: 200, height: 300 };

  it('is under its button', () => {
    expect(menuPlace({ left: 20, right: 60, top: 10, bottom: 50 }, menu, view, 'start')).toEqual({ left: 20, top: 54 });
  });

  it('is above a button at the foot, and never outside', () => {
    expect(menuPlace({ left: 340, right: 390, top: 750, bottom: 790 }, menu, view, 'start')).toEqual({ left: 192, top: 446 });
    expect(menuPlace({ left: 0, right: 40, top: 100, bottom: 140 }, { width: 200, height: 700 }, view, 'end')).toEqual({
      left: 8,
      top: 8,
    });
  });
});
