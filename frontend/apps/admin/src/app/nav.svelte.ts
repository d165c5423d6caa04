import { push, replace, router } from 'svelte-spa-router';
import { type Route, formatRoute, parseRoute } from './route';

const parsed = $derived(parseRoute(router.location, router.querystring ?? ''));

/** Where the person is. */
export function route(): Route {
  return parsed;
}

/** The address of a place, for links. */
export function href(part: Partial<Route>): string {
  return `#${formatRoute(merge(part))}`;
}

export function go(part: Partial<Route>, how: { replace?: boolean } = {}): Promise<void> {
  const address = formatRoute(merge(part));
  return how.replace ? replace(address) : push(address);
}

function merge(part: Partial<Route>): Route {
  const next = { ...parsed, ...part };
  if ('inquiry' in part && part.inquiry === undefined) delete next.inquiry;
  return next;
}
