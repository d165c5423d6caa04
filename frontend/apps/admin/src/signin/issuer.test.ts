import { NetworkError } from '@kefu/api';
import { describe, expect, it, vi } from 'vitest';
import { type Store, store } from '../app/storage';
import { Issuer, Refused, isAnswer } from './issuer';

const ISSUER = 'http://127.0.0.1:8787/local/issuer';
const HOME = 'http://127.0.0.1:8787/admin/';

type Answer = { status?: number; headers?: Record<string, string>; body: object } | Error;

const url = (bytes: Uint8Array) => btoa(String.fromCodePoint(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const text = (part: object) => url(new TextEncoder().encode(JSON.stringify(part)));

function identity(nonce: string, other: object = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: ISSUER, sub: 'mia', aud: 'kefu-local', iat: now, exp: now + 3600, nonce, ...other };
  return `${text({ alg: 'RS256', kid: 'k' })}.${text(claims)}.${text({ signed: true })}`;
}

function memory(): Store {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  return store(() => storage as unknown as Storage);
}

async function setting(answer: (asked: URLSearchParams) => Answer = () => new Error('not asked'), config: object = {}, other: object = {}) {
  const tab = memory();
  const asked: URLSearchParams[] = [];
  const sent: { address: string; keepalive: boolean | undefined }[] = [];
  const fetch = async (address: string, init?: RequestInit) => {
    const metadata = {
      issuer: ISSUER,
      authorization_endpoint: `${ISSUER}/authorize`,
      token_endpoint: `${ISSUER}/token`,
      end_session_endpoint: `${ISSUER}/logout`,
      revocation_endpoint: `${ISSUER}/revoke`,
      authorization_response_iss_parameter_supported: true,
      ...other,
    };
    if (address.endsWith('/openid-configuration')) return Response.json(metadata);
    const body = new URLSearchParams(String(init?.body));
    asked.push(body);
    sent.push({ address, keepalive: init?.keepalive });
    const given = answer(body);
    if (given instanceof Error) throw given;
    return Response.json(given.body, { status: given.status ?? 200, headers: given.headers ?? {} });
  };
  const around = { config: { issuer: ISSUER, client_id: 'kefu-local', ...config }, home: HOME, tab, fetch: fetch as typeof globalThis.fetch };
  return { issuer: await Issuer.find(around), around, tab, asked, sent };
}

/** Goes to the issuer, and comes back with a code. */
async function came(issuer: Issuer, hash = '#/taipei/active', change: Record<string, string> = {}) {
  const to = await issuer.begin(hash);
  const said = to?.searchParams ?? new URLSearchParams();
  const back = new URL(HOME);
  const answer = { code: 'c1', state: said.get('state') ?? '', iss: ISSUER, ...change };
  for (const [name, value] of Object.entries(answer)) back.searchParams.set(name, value);
  return { to, said, back };
}

const good = (nonce: string): Answer => ({
  body: { access_token: 'a1', refresh_token: 'r1', id_token: identity(nonce), token_type: 'Bearer', expires_in: 900 },
});

describe('going to the issuer', () => {
  it('asks for a code with a challenge, and keeps the verifier in this tab', async () => {
    const { issuer, tab } = await setting();
    const { to, said } = await came(issuer);
    expect(`${to?.origin}${to?.pathname}`).toBe(`${ISSUER}/authorize`);
    expect(Object.fromEntries(said)).toMatchObject({ client_id: 'kefu-local', redirect_uri: HOME, response_type: 'code', scope: 'openid', code_challenge_method: 'S256' });
    const { verifier } = JSON.parse(tab.get('kefu.signing-in') ?? '{}') as { verifier: string };
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
    expect(said.get('code_challenge')).toBe(url(new Uint8Array(digest)));
    expect(String(to)).not.toContain(verifier);
  });

  it('does not go where it could not come back from', async () => {
    const { around } = await setting();
    const blocked = store(() => {
      throw new Error('blocked');
    });
    const issuer = await Issuer.find({ ...around, tab: blocked });
    expect(await issuer.begin('')).toBeUndefined();
  });

  it('says what the tokens are for where the site is told of it', async () => {
    const plain = await setting();
    expect((await came(plain.issuer)).said.has('audience')).toBe(false);
    const told = await setting(undefined, { audience: 'https://kefu.example', scope: 'openid offline_access' });
    const { said } = await came(told.issuer);
    expect([said.get('audience'), said.get('scope')]).toEqual(['https://kefu.example', 'openid offline_access']);
  });

  it('goes nowhere where the issuer does not say where', async () => {
    const { issuer } = await setting(undefined, {}, { authorization_endpoint: undefined });
    await expect(issuer.begin('')).rejects.toThrow();
  });
});

describe('coming back', () => {
  it('shows the code with its verifier, and finds the place where the person was', async () => {
    let nonce = '';
    const { issuer, asked } = await setting(() => good(nonce));
    const { said, back } = await came(issuer);
    nonce = said.get('nonce') ?? '';
    const place = vi.fn();
    const granted = await issuer.complete(back, place);
    expect(granted).toEqual({ access: 'a1', refresh: 'r1', identity: expect.stringContaining('.'), seconds: 900 });
    expect(place.mock.calls).toEqual([['#/taipei/active']]);
    expect(asked[0]?.get('code')).toBe('c1');
    expect(asked[0]?.get('code_verifier')).toMatch(/^[\w.~-]{43,128}$/);
  });

  it('is nothing without a code, in another tab, or a second time', async () => {
    let nonce = '';
    const { issuer, around, asked } = await setting(() => good(nonce));
    expect(await issuer.complete(new URL(HOME))).toBeUndefined();
    const { said, back } = await came(issuer);
    nonce = said.get('nonce') ?? '';
    const other = await Issuer.find({ ...around, tab: memory() });
    expect(await other.complete(back)).toBeUndefined();
    expect(await issuer.complete(back)).toBeDefined();
    expect(await issuer.complete(back)).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  it('is nothing with a state that was not asked for, and leads nowhere', async () => {
    const { issuer, asked } = await setting();
    const { back } = await came(issuer, '', { state: 'forged' });
    const place = vi.fn();
    expect(await issuer.complete(back, place)).toBeUndefined();
    expect(asked).toHaveLength(0);
    expect(place).not.toHaveBeenCalled();
  });

  it('finds the place also where nothing comes of the sign-in', async () => {
    const place = vi.fn();
    const denied = await setting();
    const { back } = await came(denied.issuer, '#/taipei/history', { error: 'access_denied' });
    back.searchParams.delete('code');
    await expect(denied.issuer.complete(back, place)).rejects.toThrow(Refused);
    const gone = await setting(() => new TypeError('Failed to fetch'));
    await expect(gone.issuer.complete((await came(gone.issuer, '#/taipei/unread')).back, place)).rejects.toThrow(NetworkError);
    expect(place.mock.calls).toEqual([['#/taipei/history'], ['#/taipei/unread']]);
  });

  it('believes no other issuer, and no identity that was asked for elsewhere', async () => {
    const strange = await setting();
    const { back } = await came(strange.issuer, '', { iss: 'https://evil.example' });
    await expect(strange.issuer.complete(back)).rejects.toThrow();
    expect(strange.asked).toHaveLength(0);
    const replayed = await setting(() => good('of another sign-in'));
    await expect(replayed.issuer.complete((await came(replayed.issuer)).back)).rejects.toThrow();
  });

  it('tells a no from no answer', async () => {
    const refused = await setting(() => ({ status: 400, body: { error: 'invalid_grant' } }));
    await expect(refused.issuer.complete((await came(refused.issuer)).back)).rejects.toThrow(Refused);
    const { issuer } = await setting();
    const { to } = await came(issuer);
    const denied = new URL(`${HOME}?error=access_denied&iss=${encodeURIComponent(ISSUER)}&state=${to?.searchParams.get('state')}`);
    await expect(issuer.complete(denied)).rejects.toThrow(Refused);
    const broken = await setting(() => ({ status: 503, body: { error: 'temporarily_unavailable' } }));
    await expect(broken.issuer.complete((await came(broken.issuer)).back)).rejects.toThrow(NetworkError);
    const gone = await setting(() => new TypeError('Failed to fetch'));
    await expect(gone.issuer.complete((await came(gone.issuer)).back)).rejects.toThrow(NetworkError);
  });

  it('works where the clock of the computer is hours off', async () => {
    let nonce = '';
    const hours = Math.floor(Date.now() / 1000) - 6 * 3600;
    const { issuer } = await setting(() => ({
      body: { access_token: 'a1', id_token: identity(nonce, { iat: hours - 3600, exp: hours }), token_type: 'Bearer', expires_in: 900 },
    }));
    const { said, back } = await came(issuer);
    nonce = said.get('nonce') ?? '';
    expect((await issuer.complete(back))?.access).toBe('a1');
  });
});

describe('renewing', () => {
  it('shows what renews, and takes the next', async () => {
    const { issuer, asked } = await setting(() => ({ body: { access_token: 'a2', refresh_token: 'r2', token_type: 'Bearer', expires_in: 900 } }));
    expect(await issuer.renew('r1')).toEqual({ access: 'a2', refresh: 'r2', seconds: 900 });
    expect(Object.fromEntries(asked[0] ?? [])).toEqual({ grant_type: 'refresh_token', refresh_token: 'r1', client_id: 'kefu-local' });
  });

  it('ends where the issuer says so, and only there', async () => {
    const over = await setting(() => ({ status: 400, body: { error: 'invalid_grant' } }));
    expect(await over.issuer.renew('r1')).toBe('ended');
    const unknown = await setting(() => ({ status: 401, headers: { 'www-authenticate': 'Basic realm="issuer"' }, body: { error: 'invalid_client' } }));
    expect(await unknown.issuer.renew('r1')).toBe('ended');
    const broken = await setting(() => ({ status: 502, body: {} }));
    await expect(broken.issuer.renew('r1')).rejects.toThrow(NetworkError);
    const busy = await setting(() => ({ status: 429, body: { error: 'too_many_requests' } }));
    await expect(busy.issuer.renew('r1')).rejects.toThrow(NetworkError);
  });
});

describe('signing out', () => {
  it('leads back here, in the words of the standard and of Cognito', async () => {
    const { issuer } = await setting();
    const to = issuer.signOut();
    expect(String(to)).toContain(`${ISSUER}/logout?`);
    expect(Object.fromEntries(to?.searchParams ?? [])).toEqual({ client_id: 'kefu-local', post_logout_redirect_uri: HOME, logout_uri: HOME });
  });

  it('goes where the site was told, if it was', async () => {
    const { issuer } = await setting(undefined, { end_session_endpoint: 'https://login.example/out' });
    expect(issuer.signOut()?.origin).toBe('https://login.example');
  });

  it('says who signs out where the standard knows the word', async () => {
    const found = await setting();
    expect(found.issuer.signOut('i1')?.searchParams.get('id_token_hint')).toBe('i1');
    const told = await setting(undefined, { end_session_endpoint: 'https://login.example/out' });
    expect(told.issuer.signOut('i1')?.searchParams.has('id_token_hint')).toBe(false);
  });

  it('gives back what renews, with a request that outlives the page', async () => {
    const { issuer, asked, sent } = await setting(() => ({ body: {} }));
    await issuer.revoke('r1');
    expect(sent).toEqual([{ address: `${ISSUER}/revoke`, keepalive: true }]);
    expect(Object.fromEntries(asked[0] ?? [])).toEqual({ token: 'r1', client_id: 'kefu-local' });
  });

  it('needs no answer for that, and no issuer that can', async () => {
    const gone = await setting(() => new TypeError('Failed to fetch'));
    await expect(gone.issuer.revoke('r1')).resolves.toBeUndefined();
    const unable = await setting(undefined, {}, { revocation_endpoint: undefined });
    await unable.issuer.revoke('r1');
    expect(unable.sent).toEqual([]);
  });
});

it('speaks unencrypted with this machine only', async () => {
  const { around } = await setting();
  const config = { ...around.config, issuer: 'http://login.example' };
  await expect(Issuer.find({ ...around, config })).rejects.toThrow(NetworkError);
});

it('tells an answer of the issuer from another address', () => {
  const answers = ['', '?lang=en', '?code=c1&state=s', '?error=access_denied'].map((query) => isAnswer(new URL(HOME + query)));
  expect(answers).toEqual([false, false, true, true]);
});
