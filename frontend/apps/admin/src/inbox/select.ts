export const BULK_LIMIT = 50;

/** Turns one row on or off, or with an anchor all rows from there to it, up to the limit of one bulk action. */
export function pickRange(selected: Set<string>, ids: readonly string[], id: string, anchor?: string): void {
  const [from, to] = [ids.indexOf(anchor ?? id), ids.indexOf(id)];
  if (anchor === undefined || from < 0 || from === to) {
    if (selected.has(id)) selected.delete(id);
    else if (selected.size < BULK_LIMIT) selected.add(id);
    return;
  }
  for (const one of ids.slice(Math.min(from, to), Math.max(from, to) + 1)) {
    if (selected.size < BULK_LIMIT) selected.add(one);
  }
}
