/** Told of the address that is wanted; true where the person stays until they have decided. */
type Guard = (wanted: string) => boolean;

let guard: Guard | undefined;
let here = '';

/**
 * Listens before the router does: a window calls its listeners in the order in which they came, so `main.ts` imports
 * this file first. Where the guard holds, the router hears nothing and the address goes back.
 */
addEventListener('hashchange', (event) => {
  const wanted = location.href;
  if (!guard || wanted === here || !guard(wanted)) return;
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
