/** Told how the person would leave; true where they stay until they have decided. */
type Guard = (leave: () => void) => boolean;

let guard: Guard | undefined;
let here = '';

/**
 * Listens before the router does: a window calls its listeners in the order in which they came, so `main.ts` imports
 * this file first. Where the guard holds, the router hears nothing and the address goes back.
 */
addEventListener('hashchange', (event) => {
  const wanted = location.href;
  if (!guard || wanted === here || !guard(() => location.replace(wanted))) return;
  event.stopImmediatePropagation();
  history.pushState(history.state, '', here);
});

/** From now on the address is left only past the guard; the answer takes it away. */
export function guardLeaving(own: Guard): () => void {
  guard = own;
  here = location.href;
  return () => {
    if (guard === own) guard = undefined;
  };
}

/** Leaves in another way than by the address, past the guard. */
export function leavePast(leave: () => void): void {
  if (!guard?.(leave)) leave();
}
