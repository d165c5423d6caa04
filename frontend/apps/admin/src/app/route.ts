import type { Category, ListFilter, ListName, ListQuery, Priority, Sort, Source, Status } from '@kefu/api';

export const TABS = [
  'active',
  'unread',
  'unreplied',
  'expiring',
  'overdue',
  'flagged',
  'unassigned',
  'snoozed',
  'question',
  'asked',
  'history',
  'all',
  'absent',
] as const;
export type Tab = (typeof TABS)[number];

export type Filters = {
  category?: Category;
  status?: Status;
  priority?: Priority;
  source?: Source;
  agent?: string;
  tag?: string;
  from?: string;
  to?: string;
};

export const PAGES = ['personal', 'team', 'roster', 'service', 'proposals'] as const;
/** A page of the settings. */
export type Page = (typeof PAGES)[number];

/** The inbox, or over it a page of the settings. */
export type Route = { shop?: string; tab: Tab; inquiry?: string; page?: Page; filters: Filters; sort: Sort };

export const FILTER_NAMES = ['category', 'status', 'priority', 'source', 'agent', 'tag', 'from', 'to'] as const;

const LISTS: Record<Tab, { list: ListName; filter?: ListFilter }> = {
  active: { list: 'mine' },
  unread: { list: 'mine', filter: 'unread' },
  unreplied: { list: 'mine', filter: 'unreplied' },
  expiring: { list: 'mine', filter: 'expiring' },
  overdue: { list: 'mine', filter: 'overdue' },
  flagged: { list: 'mine', filter: 'flagged' },
  snoozed: { list: 'mine', filter: 'snoozed' },
  question: { list: 'mine', filter: 'question' },
  asked: { list: 'asked' },
  unassigned: { list: 'unassigned' },
  history: { list: 'history' },
  all: { list: 'all' },
  absent: { list: 'absent' },
};

/** Everything that the page shows is in its address: `/{shop}/{tab}/{inquiry}?category=…&sort=…`, or `/{shop}/settings/{page}`. */
export function parseRoute(path: string, query: string): Route {
  const [shop, tab, inquiry] = path.split('/').filter(Boolean).map(decodeURIComponent);
  const params = new URLSearchParams(query);
  const filters: Filters = {};
  for (const name of FILTER_NAMES) {
    const value = params.get(name);
    if (value) Object.assign(filters, { [name]: value });
  }
  const route: Route = {
    tab: isTab(tab) ? tab : 'active',
    filters,
    sort: params.get('sort') === 'latest' ? 'latest' : 'waiting',
  };
  if (shop) route.shop = shop;
  if (tab === 'settings') route.page = PAGES.find((page) => page === inquiry) ?? 'personal';
  else if (inquiry) route.inquiry = inquiry;
  return route;
}

export function formatRoute(route: Route): string {
  if (route.page && route.shop) return `/${encodeURIComponent(route.shop)}/settings/${route.page}`;
  const parts = [route.shop, route.tab, route.inquiry].filter((part) => part !== undefined);
  const params = new URLSearchParams();
  for (const name of FILTER_NAMES) {
    const value = route.filters[name];
    if (value) params.set(name, value);
  }
  if (route.sort === 'latest') params.set('sort', 'latest');
  const query = params.toString();
  return `/${parts.map(encodeURIComponent).join('/')}${query ? `?${query}` : ''}`;
}

/** Names the list on the screen: equal for two routes that show the same rows. */
export function listKey(route: Route): string {
  const { inquiry: _, page: __, ...list } = route;
  return formatRoute(list);
}

/** The question to the API. Days are the reader's own: the last one is included. */
export function listQuery(route: Route): ListQuery {
  const { from, to, ...rest } = route.filters;
  const query: ListQuery = { ...LISTS[route.tab], ...rest };
  if (route.tab !== 'history') query.sort = route.sort;
  if (from) query.from = dayStart(from, 0);
  if (to) query.to = dayStart(to, 1);
  return query;
}

function dayStart(day: string, plus: number): string {
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + plus);
  return date.toISOString().replace('.000Z', 'Z');
}

function isTab(value: string | undefined): value is Tab {
  return value !== undefined && (TABS as readonly string[]).includes(value);
}

export function filterCount(filters: Filters): number {
  return FILTER_NAMES.filter((name) => filters[name] !== undefined).length;
}
