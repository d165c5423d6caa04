/**
 * Whether a key press may be a shortcut where it happened: not in fields, menus and dialogs; Enter not on controls.
 * A menu that was closed a moment ago still has the focus until the next frame.
 */
export function takesKeys(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof Element)) return true;
  if (target.closest('textarea, select, [contenteditable], [role="menu"]:popover-open, dialog')) return false;
  if (target instanceof HTMLInputElement && target.type !== 'checkbox') return false;
  const control = target.closest('a, button, summary, input');
  if (event.key === 'Enter' && control) return control.matches('[data-row]') && location.hash.includes('/unassigned');
  const scrolls = event.key === 'ArrowDown' || event.key === 'ArrowUp';
  return !(scrolls && target.closest('[role="log"]'));
}
