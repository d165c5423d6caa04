import type { KeyName } from '../app/keys';

/** Moves the focus among a page's rows; the focused one opens with Enter by itself, as a link does, and with `o`. */
export function rowKeys(key: KeyName): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-line]')].filter((row) => row.checkVisibility());
  const at = rows.findIndex((row) => row === document.activeElement);
  if (key === 'open') {
    rows[at]?.click();
    return at >= 0;
  }
  if (key !== 'next' && key !== 'previous') return false;
  const row = rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + (key === 'next' ? 1 : -1)))];
  row?.focus();
  row?.scrollIntoView({ block: 'nearest' });
  return row !== undefined;
}
