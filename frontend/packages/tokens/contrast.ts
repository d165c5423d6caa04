/** WCAG 2 contrast of two hex colours. */
export function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const [red, green, blue] = channels as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export type Pair = { light: string; dark: string };

/** The `--name: light-dark(#light, #dark)` declarations of a style sheet. */
export function colourPairs(css: string): Map<string, Pair> {
  const pairs = new Map<string, Pair>();
  for (const match of css.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g)) {
    pairs.set(match[1] as string, { light: match[2] as string, dark: match[3] as string });
  }
  return pairs;
}
