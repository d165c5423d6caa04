import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { colourPairs, contrast } from './contrast';

const pairs = colourPairs(readFileSync(new URL('tokens.css', import.meta.url), 'utf8'));
const surfaces = ['surface', 'surface-sunken', 'surface-raised', 'surface-hover', 'surface-selected'];
const tints = ['red', 'blue', 'green', 'amber', 'grey'];
const flags = ['red', 'orange', 'yellow', 'green', 'blue', 'purple'];

const text: [string, string][] = [
  ...['text', 'text-muted', 'accent-text'].flatMap((ink) => surfaces.map((on): [string, string] => [ink, on])),
  ...tints.map((name): [string, string] => [name, `${name}-tint`]),
  ['red', 'surface'],
  ['amber', 'surface'],
  ['text', 'amber-tint'],
  ['text', 'bubble-agent'],
  ['text', 'bubble-customer'],
  ['text-muted', 'bubble-agent'],
  ['text-muted', 'bubble-customer'],
  ['accent-text', 'bubble-agent'],
  ['text-on-accent', 'accent'],
  ['text-on-accent', 'accent-hover'],
  ['text-on-orange', 'orange-solid'],
  ['text-on-bar', 'surface-bar'],
  ['text-on-bar-muted', 'surface-bar'],
];

const shapes: [string, string][] = [
  ...flags.map((name): [string, string] => [`flag-${name}`, 'surface']),
  ['line-strong', 'surface'],
  ['focus', 'surface'],
  ['focus', 'surface-sunken'],
  ['red-solid', 'surface'],
  ['blue-solid', 'surface'],
  ['green-solid', 'surface'],
];

describe.each(['light', 'dark'] as const)('%s scheme', (scheme) => {
  const ratio = (ink: string, on: string): number => {
    const [a, b] = [pairs.get(ink), pairs.get(on)];
    if (!a || !b) throw new Error(`no such token: ${a ? on : ink}`);
    return contrast(a[scheme], b[scheme]);
  };

  it.each(text)('text %s on %s reaches 4.5:1', (ink, on) => {
    expect(ratio(ink, on)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(shapes)('shape %s on %s reaches 3:1', (ink, on) => {
    expect(ratio(ink, on)).toBeGreaterThanOrEqual(3);
  });
});
