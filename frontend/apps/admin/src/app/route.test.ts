import { describe, expect, it } from 'vitest';
import { type Route, formatRoute, listKey, listQuery, parseRoute } from './route';

const roundTrip = (route: Route) => {
  const [path, query] = formatRoute(route).split('?') as [string, string | undefined];
  return parseRoute(path, query ?? '');
};

describe('a route', () => {
  it('survives its own address', () => {
    const route: Route = {
      shop: 'taipei',
      tab: 'unreplied',
      inquiry: 'inq_1',
      filters: { tag: '缺貨 & 補寄', from: '2026-11-01' },
      sort: 'latest',
    };
    expect(roundTrip(route)).toEqual(route);
  });

  it('falls back to the active list where the tab is unknown', () => {
    expect(parseRoute('/taipei/nonsense', '').tab).toBe('active');
    expect(parseRoute('/', '')).toEqual({ tab: 'active', filters: {}, sort: 'waiting' });
  });

  it.each(['/taipei/orders/to_ship', '/taipei/orders/overdue/A%2F1', '/taipei/refunds/attention', '/taipei/settings/keys'])(
    'of other pages survives, too: %s',
    (address) => {
      expect(formatRoute(parseRoute(address, ''))).toBe(address);
    },
  );

  it('finds an order without its list', () => {
    expect(parseRoute('/taipei/orders/A1001', '').work).toEqual({ on: 'orders', list: 'to_ship', order: 'A1001' });
  });

  it('names one list whatever is open in it', () => {
    const list: Route = { shop: 'taipei', tab: 'active', filters: {}, sort: 'waiting' };
    expect(listKey({ ...list, inquiry: 'inq_1' })).toBe(listKey(list));
  });
});

describe('the question to the API', () => {
  const ask = (part: Partial<Route>) => listQuery({ shop: 's', tab: 'active', filters: {}, sort: 'waiting', ...part });

  it('knows each tab', () => {
    expect(ask({})).toEqual({ list: 'mine', sort: 'waiting' });
    expect(ask({ tab: 'expiring' })).toEqual({ list: 'mine', filter: 'expiring', sort: 'waiting' });
    expect(ask({ tab: 'history' })).toEqual({ list: 'history' });
  });

  it('takes whole days of the reader, the last one included', () => {
    const query = ask({ filters: { from: '2026-11-20', to: '2026-11-20' } });
    expect(query.from).toBe('2026-11-19T16:00:00Z');
    expect(query.to).toBe('2026-11-20T16:00:00Z');
  });
});
