import { describe, expect, it, vi } from 'vitest';
import { AgentApi } from './agent';
import { createTransport } from './client';
import { OrdersApi, countOf } from './orders';
import { ApiError, NetworkError, isTransient } from './problem';

type Answer = { status?: number; body?: unknown; headers?: Record<string, string> };

function server(...answers: (Answer | Error)[]) {
  const requests: Request[] = [];
  const fetch = vi.fn(async (request: Request) => {
    requests.push(request);
    const answer = answers.shift();
    if (!answer) throw new Error('no answer prepared');
    if (answer instanceof Error) throw answer;
    const body = answer.body === undefined ? null : JSON.stringify(answer.body);
    return new Response(body, { status: answer.status ?? 200, headers: answer.headers ?? {} });
  });
  const transport = createTransport({
    base: 'http://kefu.test',
    token: () => 'secret',
    locale: () => 'zh-Hant',
    fetch: fetch as unknown as typeof globalThis.fetch,
  });
  return { api: new AgentApi(transport), orders: new OrdersApi(transport), requests };
}

const page = { inquiries: [], next: 'c' };

describe('reads', () => {
  it('carry the token, the language and the query', async () => {
    const { api, requests } = server({ body: page });
    await api.list('taipei', { list: 'mine', sort: 'waiting', counts: true });
    const url = new URL(requests[0]?.url ?? '');
    expect(url.pathname).toBe('/v1/shops/taipei/inquiries');
    expect(url.searchParams.get('counts')).toBe('true');
    expect(requests[0]?.headers.get('authorization')).toBe('Bearer secret');
    expect(requests[0]?.headers.get('accept-language')).toBe('zh-Hant');
  });

  it('are revalidated, and a 304 gives the remembered answer', async () => {
    const { api, requests } = server({ body: page, headers: { etag: '"7"' } }, { status: 304 });
    const first = await api.list('taipei', { list: 'mine' });
    expect(await api.list('taipei', { list: 'mine' })).toEqual(first);
    expect(requests[1]?.headers.get('if-none-match')).toBe('"7"');
  });
});

describe('commands', () => {
  it('name the version they saw and a key', async () => {
    const { api, requests } = server({ status: 201, body: { inquiry: {}, entries: [] } });
    await api.command('taipei', 'inq_1', 'reply', { text: 'hi', then: 'done' }, { version: 4, key: 'k1' });
    expect(new URL(requests[0]?.url ?? '').pathname).toBe('/v1/shops/taipei/inquiries/inq_1/reply');
    expect(requests[0]?.headers.get('if-match')).toBe('"4"');
    expect(requests[0]?.headers.get('idempotency-key')).toBe('k1');
  });

  it('turn a problem document into an ApiError with the current state', async () => {
    const problem = { type: 'urn:kefu:problem:inquiry_moved_on', title: 'moved', status: 409, code: 'inquiry_moved_on' };
    const { api } = server({ status: 409, body: { ...problem, current: { version: 9 }, entries: [{ seq: 9 }] } });
    const error = await api.command('taipei', 'inq_1', 'reopen', {}).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ApiError);
    expect((error as ApiError).movedOn).toBe(true);
    expect((error as ApiError).current?.version).toBe(9);
    expect(isTransient(error)).toBe(false);
  });

  it('tell a lost connection and a 5xx page from a refusal', async () => {
    const { api } = server(new TypeError('failed to fetch'), { status: 502, body: 'Bad gateway' });
    const lost = await api.command('taipei', 'inq_1', 'reopen', {}).catch((e: unknown) => e);
    expect(lost).toBeInstanceOf(NetworkError);
    const broken = await api.command('taipei', 'inq_1', 'reopen', {}).catch((e: unknown) => e);
    expect((broken as ApiError).status).toBe(502);
    expect(isTransient(lost) && isTransient(broken)).toBe(true);
  });
});

describe('commands on an order', () => {
  const moved = { type: 'urn:kefu:problem:order_moved_on', title: 'moved', status: 409, code: 'order_moved_on', order: { number: 'A1', version: 9 } };

  it('name the version they saw and a key', async () => {
    const { orders, requests } = server({ status: 201, body: { order: {}, entries: [] } });
    const body = { action: 'agree' as const, amount: { minor: 128_000, currency: 'TWD' } };
    await orders.command('taipei', { number: 'A/1', version: 4 }, { path: 'refunds/{refund}', refund: 2, body }, 'k1');
    expect(new URL(requests[0]?.url ?? '').pathname).toBe('/v1/shops/taipei/orders/A%2F1/refunds/2');
    expect(requests[0]?.headers.get('if-match')).toBe('"4"');
    expect(requests[0]?.headers.get('idempotency-key')).toBe('k1');
    expect(await requests[0]?.json()).toEqual(body);
  });

  it('bring the order as it is now where they come too late', async () => {
    const { orders } = server({ status: 409, body: moved });
    const error = await orders.command('taipei', { number: 'A1', version: 4 }, { path: 'notes', body: { text: 'a' } }).catch((e: unknown) => e);
    expect((error as ApiError).orderMovedOn).toBe(true);
    expect((error as ApiError).order?.version).toBe(9);
  });

  it('write to the buyer whatever the version is: the conversation is a new one', async () => {
    const { orders, requests } = server({ status: 201, body: { inquiry: 'inq_2' } });
    expect(await orders.contact('taipei', 'A1', { text: '您好' }, 'k2')).toBe('inq_2');
    expect(new URL(requests[0]?.url ?? '').pathname).toBe('/v1/shops/taipei/orders/A1/contact');
    expect(requests[0]?.headers.get('if-match')).toBeNull();
    expect(requests[0]?.headers.get('idempotency-key')).toBe('k2');
  });

  it('leave what is not asked for out of the address', async () => {
    const { orders, requests } = server({ body: { products: [] } });
    await orders.products('taipei', '');
    expect(new URL(requests[0]?.url ?? '').search).toBe('');
  });
});

it('a count is exact up to 999, and reads as more above', () => {
  expect([countOf({ count: 999, more: false }), countOf({ count: 999, more: true }), countOf(undefined)]).toEqual([999, 1000, 0]);
});

describe('a token that the API refuses', () => {
  function signedIn(instead: () => Promise<string | undefined>, ...answers: Answer[]) {
    const requests: Request[] = [];
    const fetch = async (request: Request) => {
      requests.push(request);
      const { status = 200, body } = answers.shift() ?? {};
      return new Response(body === undefined ? null : JSON.stringify(body), { status });
    };
    const renew = vi.fn(instead);
    const api = new AgentApi(createTransport({ base: 'http://kefu.test', token: async () => 'old', renew, locale: () => 'en', fetch: fetch as typeof globalThis.fetch }));
    return { api, requests, renew };
  }
  const unauthorized = { status: 401, body: { code: 'unauthorized', title: 'no', status: 401 } };

  it('is replaced once, and the same command is made again', async () => {
    const { api, requests, renew } = signedIn(async () => 'new', unauthorized, { status: 201, body: { inquiry: {}, entries: [] } });
    await api.command('taipei', 'inq_1', 'reply', { text: 'hi', then: 'done' }, { version: 4, key: 'k1' });
    expect(renew.mock.calls).toEqual([['old']]);
    expect(requests.map((request) => request.headers.get('authorization'))).toEqual(['Bearer old', 'Bearer new']);
    expect(requests.map((request) => request.headers.get('idempotency-key'))).toEqual(['k1', 'k1']);
    expect(await requests[1]?.json()).toEqual({ text: 'hi', then: 'done' });
  });

  it('stays refused where there is no other, and where the other is refused, too', async () => {
    const without = signedIn(async () => undefined, unauthorized);
    await expect(without.api.session()).rejects.toMatchObject({ status: 401 });
    const twice = signedIn(async () => 'new', unauthorized, unauthorized);
    await expect(twice.api.session()).rejects.toMatchObject({ status: 401 });
    expect(twice.renew).toHaveBeenCalledTimes(1);
  });

  it('is not replaced for what the page says while it closes', async () => {
    const { api, renew } = signedIn(async () => 'new', unauthorized);
    await expect(api.presence('taipei', { tab: 't', leaving: true })).rejects.toMatchObject({ status: 401 });
    expect(renew).not.toHaveBeenCalled();
  });
});

it('what a page says while it closes goes at once, with the token that is there', async () => {
  const requests: Request[] = [];
  const fetch = async (request: Request) => {
    requests.push(request);
    return Response.json({});
  };
  const token = (atOnce: boolean) => (atOnce ? 'held' : Promise.resolve('renewed'));
  const api = new AgentApi(createTransport({ base: 'http://kefu.test', token, locale: () => 'en', fetch: fetch as typeof globalThis.fetch }));
  const said = api.presence('taipei', { tab: 't', leaving: true });
  expect(requests.map((request) => request.headers.get('authorization'))).toEqual(['Bearer held']);
  await said;
  await api.session();
  expect(requests[1]?.headers.get('authorization')).toBe('Bearer renewed');
});
