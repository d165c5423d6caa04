import type { Category, ListFilter, ListName, ListQuery, OrderListName, Priority, RefundTab, Sort, Source, Status } from '@kefu/api';

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

export const PAGES = ['personal', 'team', 'roster', 'service', 'orders', 'keys', 'proposals'] as const;
/** A page of the settings. */
export type Page = (typeof PAGES)[number];

export const ORDER_LISTS = ['to_ship', 'overdue', 'shipped', 'reverse'] as const satisfies readonly OrderListName[];
export const REFUND_TABS = ['pending', 'running', 'agreed', 'rejected', 'attention'] as const satisfies readonly RefundTab[];
/** The orders' page, with one of its orders open or not, or the page of the refunds. */
export type Work = { on: 'orders'; list: OrderListName; order?: string } | { on: 'refunds'; tab: RefundTab };

/** The inbox, or over it the orders, the refunds or a page of the settings. */
export type Route = { shop?: string; tab: Tab; inquiry?: string; page?: Page; work?: Work; filters: Filters; sort: Sort };

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

/** Everything that the page shows is in its address: `/{shop}/{tab}/{inquiry}?category=…&sort=…`, `/{shop}/orders/{list}/{order}`, `/{shop}/refunds/{tab}` or `/{shop}/settings/{page}`. */
export function parseRoute(path: string, query: string): Route {
  const [shop, tab, inquiry, last] = path.split('/').filter(Boolean).map(decodeURIComponent);
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
  else if (tab === 'orders') route.work = ordersAt(inquiry, last);
  else if (tab === 'refunds') route.work = { on: 'refunds', tab: REFUND_TABS.find((one) => one === inquiry) ?? 'pending' };
  else if (inquiry) route.inquiry = inquiry;
  return route;
}

/** `/to_ship/A1001`, or the number alone. */
function ordersAt(first: string | undefined, second: string | undefined): Work {
  const list = ORDER_LISTS.find((one) => one === first);
  const order = list ? second : first;
  return { on: 'orders', list: list ?? 'to_ship', ...(order ? { order } : {}) };
}

function formatWork(work: Work): string[] {
  if (work.on === 'refunds') return ['refunds', work.tab];
  return ['orders', work.list, ...(work.order ? [work.order] : [])];
}

export function formatRoute(route: Route): string {
  if (route.page && route.shop) return `/${encodeURIComponent(route.shop)}/settings/${route.page}`;
  if (route.work && route.shop) return `/${[route.shop, ...formatWork(route.work)].map(encodeURIComponent).join('/')}`;
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
  const { inquiry: _, page: __, work: ___, ...list } = route;
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
