/** Counts are exact to 999; the API says 1000 for anything above. */
export function countText(count: number): string {
  return count > 999 ? '999+' : String(count);
}
