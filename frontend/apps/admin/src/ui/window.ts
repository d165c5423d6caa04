export type Span = { first: number; end: number };

/** The rows of fixed height that a scrolled view touches, with some spare ones on either side. */
export function visibleSpan(count: number, size: number, scrolled: number, height: number, spare = 6): Span {
  const first = Math.max(0, Math.floor(scrolled / size) - spare);
  const end = Math.min(count, Math.ceil((scrolled + height) / size) + spare);
  return { first: Math.min(first, end), end };
}

/** How far to scroll so that a row is wholly in view; nothing where it already is. */
export function revealOffset(index: number, size: number, scrolled: number, height: number): number | undefined {
  const top = index * size;
  if (top < scrolled) return top;
  if (top + size > scrolled + height) return top + size - height;
  return undefined;
}
