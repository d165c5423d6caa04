/** A newly read first page over the rows that were loaded: it takes their beginning, and what comes after it stays. */
export function withHead<Row>(held: readonly Row[], head: readonly Row[], name: (row: Row) => string): Row[] {
  const fresh = new Set(head.map(name));
  return [...head, ...held.slice(head.length).filter((row) => !fresh.has(name(row)))];
}

/** With another page at the end; a row that moved there meanwhile is not told twice. */
export function withTail<Row>(held: readonly Row[], tail: readonly Row[], name: (row: Row) => string): Row[] {
  const known = new Set(held.map(name));
  return [...held, ...tail.filter((row) => !known.has(name(row)))];
}
