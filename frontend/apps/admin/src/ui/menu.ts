const GAP = 4;
const MARGIN = 8;

/** Which item a key leads to in a menu, round and round; nothing for other keys. */
export function menuStep(key: string, at: number, count: number): number | undefined {
  if (count === 0) return undefined;
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % count;
    case 'ArrowUp':
      return (Math.max(at, 0) - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

type Box = { left: number; right: number; top: number; bottom: number };
type Size = { width: number; height: number };

/** Where a menu goes: under its button, or above where there is more room; always within the view. */
export function menuPlace(button: Box, menu: Size, view: Size, align: 'start' | 'end'): { left: number; top: number } {
  const wanted = align === 'start' ? button.left : button.right - menu.width;
  const left = Math.max(MARGIN, Math.min(wanted, view.width - menu.width - MARGIN));
  const below = button.bottom + GAP;
  const above = button.top - GAP - menu.height;
  const fitsBelow = below + menu.height <= view.height - MARGIN;
  const top = fitsBelow ? below : Math.max(MARGIN, Math.min(above, view.height - menu.height - MARGIN));
  return { left, top };
}

/** Through the CSS object model: the page's policy forbids style attributes in markup. */
export function placeBeside(menu: HTMLElement, button: HTMLElement, align: 'start' | 'end'): void {
  const view = { width: document.documentElement.clientWidth, height: window.innerHeight };
  const { left, top } = menuPlace(button.getBoundingClientRect(), menu.getBoundingClientRect(), view, align);
  menu.style.left = `${left}px`;
  menu.style.top = `${top}px`;
}
