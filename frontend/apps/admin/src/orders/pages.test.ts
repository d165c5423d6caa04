import { describe, expect, it } from 'vitest';
import { withHead, withTail } from './pages';

const name = (row: string): string => row.charAt(0);

describe('pages', () => {
  it('read anew lose what left them, and tell nothing twice', () => {
    expect(withHead(['a1', 'b1', 'c1', 'd1'], ['b2', 'c2'], name)).toEqual(['b2', 'c2', 'd1']);
    expect(withHead(['a1', 'b1', 'c1'], ['n2', 'a2'], name)).toEqual(['n2', 'a2', 'c1']);
  });

  it('go on behind what is there', () => {
    expect(withTail(['a1', 'b1'], ['b1', 'c1'], name)).toEqual(['a1', 'b1', 'c1']);
  });
});
