import { NetworkError } from '@kefu/api';
import { describe, expect, it } from 'vitest';
import { type Store, store } from '../app/storage';
import { Issuer, Refused } from './issuer';

const ISSUER = 'http://127.0.0.1:8787/local/issuer';
const HOME = 'http://127.0.0.1:8787/admin/';

type Answer = { status?: number; body: object } | Error;

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

async function setting(answer: (asked: URLSearchParams) => Answer = () => new Error('not asked'), config: object = {}) {
  const tab = memory();
  const asked: URLSearchParams[] = [];
  const fetch = async (address: string, init?: RequestInit) => {
    const metadata = {
      issuer: ISSUER,
      authorization_endpoint: `${ISSUER}/authorize`,
      token_endpoint: `${ISSUER}/token`,
      end_session_endpoint: `${ISSUER}/logout`,
      authorization_response_iss_parameter_supported: true,
    };
    if (address.endsWith('/openid-configuration')) return Response.json(metadata);
    const body = new URLSearchParams(String(init?.body));
    asked.push(body);
    const given = answer(body);
    if (given instanceof Error) throw given;
    return Response.json(given.body, { status: given.status ?? 200 });
  };
  const around = { config: { issuer: ISSUER, client_id: 'kefu-local', ...config }, home: HOME, tab, fetch: fetch as typeof globalThis.fetch };
  return { issuer: await Issuer.find(around), around, tab, asked };
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
});

describe('coming back', () => {
  it('shows the code with its verifier, and finds the place where the person was', async () => {
    let nonce = '';
    const { issuer, asked } = await setting(() => good(nonce));
    const { said, back } = await came(issuer);
    nonce = said.get('nonce') ?? '';
    expect(await issuer.complete(back)).toEqual({ granted: { access: 'a1', refresh: 'r1', seconds: 900 }, hash: '#/taipei/active' });
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

  it('is nothing with a state that was not asked for', async () => {
    const { issuer, asked } = await setting();
    const { back } = await came(issuer, '', { state: 'forged' });
    expect(await issuer.complete(back)).toBeUndefined();
    expect(asked).toHaveLength(0);
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
    expect((await issuer.complete(back))?.granted.access).toBe('a1');
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
    const broken = await setting(() => ({ status: 502, body: {} }));
    await expect(broken.issuer.renew('r1')).rejects.toThrow(NetworkError);
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
});

it('speaks unencrypted with this machine only', async () => {
  const { around } = await setting();
  const config = { ...around.config, issuer: 'http://login.example' };
  await expect(Issuer.find({ ...around, config })).rejects.toThrow(NetworkError);
});
