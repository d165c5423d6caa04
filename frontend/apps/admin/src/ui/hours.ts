/**
 * The time of day that somebody typed, as `HH:MM` to 24:00: `9`, `930`, `9:30` and what a Chinese input mode makes
 * of it (`９：３０`). A browser's own field for times follows the browser's language, and may count to twelve.
 */
export function hoursOf(typed: string): string | undefined {
  const plain = typed.normalize('NFKC').trim();
  const parts = /^(\d{1,2})(?:[:.]?(\d{2}))?$/.exec(plain);
  if (!parts) return undefined;
  const [hour, minute] = [Number(parts[1]), Number(parts[2] ?? 0)];
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return undefined;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
