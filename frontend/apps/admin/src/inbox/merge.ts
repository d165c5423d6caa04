import type { Row } from '@kefu/api';

export type Head = { rows: Row[]; complete: boolean };
export type Merged = {
  /** The rows held, each brought up to date where it stands. */
  rows: Row[];
  /** How many arrivals, departures and moves are not shown by that. */
  pending: number;
};

/**
 * Lays a freshly polled first page over the rows on the screen without moving any of them.
 * A row that was changed here after the page was read keeps its newer version.
 */
export function mergeHead(held: readonly Row[], head: Head, ignore: ReadonlySet<string> = new Set()): Merged {
  const fresh = new Map(head.rows.map((row) => [row.id, row]));
  const rows = held.map((row) => newer(row, fresh.get(row.id)));

  const known = new Set(held.map((row) => row.id));
  const added = head.rows.filter((row) => !known.has(row.id)).length;
  const window = head.complete ? held : held.slice(0, head.rows.length);
  const missing = window.filter((row) => !fresh.has(row.id));
  const pushedOut = head.complete ? 0 : Math.min(missing.length, added);
  const gone = missing.slice(0, missing.length - pushedOut).filter((row) => !ignore.has(row.id)).length;

  return { rows, pending: added + gone + moves(window, head.rows, fresh, known) };
}

/** Rows in both pages that stand in another order than before. */
function moves(window: readonly Row[], head: readonly Row[], fresh: Map<string, Row>, known: Set<string>): number {
  const before = window.filter((row) => fresh.has(row.id));
  const after = head.filter((row) => known.has(row.id)).slice(0, before.length);
  const displaced = before.filter((row, at) => after[at]?.id !== row.id);
  const changed = displaced.filter((row) => fresh.get(row.id)?.version !== row.version).length;
  return displaced.length === 0 ? 0 : Math.max(1, changed);
}

function newer(held: Row, polled: Row | undefined): Row {
  if (!polled || polled.version < held.version) return held;
  const same = polled.version === held.version && Boolean(polled.unread) === Boolean(held.unread);
  return same ? held : polled;
}
