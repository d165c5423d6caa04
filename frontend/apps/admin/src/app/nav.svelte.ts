import { push, replace, router } from 'svelte-spa-router';
import { type Route, type Tab, formatRoute, parseRoute } from './route';
import { local } from './storage';

const parsed = $derived(parseRoute(router.location, router.querystring ?? ''));

/** Where the person is. */
export function route(): Route {
  return parsed;
}

/** The address of a place, for links. */
export function href(part: Change): string {
  return `#${formatRoute(merge(part))}`;
}

export function go(part: Change, how: { replace?: boolean } = {}): Promise<void> {
  const address = formatRoute(merge(part));
  return how.replace ? replace(address) : push(address);
}

/** A list from its beginning: no filters, nothing open, in the order last used there. */
export function fresh(tab: Tab): Change {
  const sort = local.get(sortKey(tab)) === 'latest' ? 'latest' : 'waiting';
  return { tab, sort, filters: {}, inquiry: undefined, page: undefined, work: undefined };
}

export function sortKey(tab: Tab): string {
  return `kefu.sort/${tab}`;
}

export type Change = { [K in keyof Route]?: Route[K] | undefined };

function merge(part: Change): Route {
  const next = { ...parsed, ...part } as Route;
  if ('inquiry' in part && part.inquiry === undefined) delete next.inquiry;
  if (part.page === undefined) delete next.page;
  if (part.work === undefined) delete next.work;
  return next;
}
