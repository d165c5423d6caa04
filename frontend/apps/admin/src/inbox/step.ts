/** The row to go to. A row that left the list is stepped from where it stood. */
export function stepFrom(ids: readonly string[], current: string | undefined, last: number, by: 1 | -1): number {
  const at = current === undefined ? -1 : ids.indexOf(current);
  if (at >= 0) return clamp(at + by, ids.length);
  if (current === undefined) return by > 0 ? 0 : ids.length - 1;
  return clamp(by > 0 ? last : last - 1, ids.length);
}

/** After an inquiry is finished: the one below it, else the one above. */
export function neighbour(ids: readonly string[], id: string): string | undefined {
  const at = ids.indexOf(id);
  if (at < 0) return ids[0];
  return ids[at + 1] ?? ids[at - 1];
}

function clamp(at: number, length: number): number {
  return Math.max(0, Math.min(at, length - 1));
}
