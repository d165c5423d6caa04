import { NetworkError, type SignInConfig } from '@kefu/api';
import * as oauth from 'oauth4webapi';
import type { Store } from '../app/storage';
import type { Granted } from './tokens';

/** The issuer answered, and the answer is no. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** What this tab has to know when it comes back from the issuer. It opens nothing by itself. */
type Pending = { state: string; nonce: string; verifier: string; hash: string };

type Around = {
  config: SignInConfig;
  /** The address that the issuer leads back to. */
  home: string;
  /** This tab's own storage. */
  tab: Store;
  fetch?: typeof fetch;
};

const PENDING = 'kefu.signing-in';
const TIMEOUT_MS = 20_000;
/** Nothing is opened by an identity token, so the clock of somebody's computer need not be right. */
const DAY_SECONDS = 24 * 60 * 60;
/** Whoever asks too much may ask again later. */
const TOO_MANY = 429;
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Whether the issuer says something in this address. */
export function isAnswer({ searchParams }: URL): boolean {
  return searchParams.has('code') || searchParams.has('error');
}

/** Where agents sign in: any issuer of OpenID Connect, by its code flow with PKCE. */
export class Issuer {
  readonly #around: Around;
  readonly #server: oauth.AuthorizationServer;
  readonly #client: oauth.Client;

  private constructor(around: Around, server: oauth.AuthorizationServer) {
    this.#around = around;
    this.#server = server;
    this.#client = { client_id: around.config.client_id, [oauth.clockTolerance]: DAY_SECONDS };
  }

  /** Asks the issuer where it does what. */
  static async find(around: Around): Promise<Issuer> {
    const address = new URL(around.config.issuer);
    const response = await reached(oauth.discoveryRequest(address, options(around)));
    return new Issuer(around, await reached(oauth.processDiscoveryResponse(address, response)));
  }

  /** Where the browser goes to sign in; nothing where this tab cannot keep what it needs to come back. */
  async begin(hash: string): Promise<URL | undefined> {
    const { config, home, tab } = this.#around;
    const pending: Pending = {
      state: oauth.generateRandomState(),
      nonce: oauth.generateRandomNonce(),
      verifier: oauth.generateRandomCodeVerifier(),
      hash,
    };
    if (!this.#server.authorization_endpoint) throw new Error('the issuer does not say where people sign in');
    if (!tab.set(PENDING, JSON.stringify(pending))) return undefined;
    const to = new URL(this.#server.authorization_endpoint);
    const asked = {
      client_id: config.client_id,
      redirect_uri: home,
      response_type: 'code',
      scope: config.scope ?? 'openid',
      code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: 'S256',
      state: pending.state,
      nonce: pending.nonce,
      ...(config.audience ? { audience: config.audience } : {}),
    };
    for (const [name, value] of Object.entries(asked)) to.searchParams.set(name, value);
    return to;
  }

  /**
   * The tokens that the browser came back for: an address is good once and in the tab that asked, so one from the
   * history is nothing. The place that the person left from is told before anything can fail.
   */
  async complete(address: URL, back: (hash: string) => void = () => undefined): Promise<Granted | undefined> {
    const { home, tab } = this.#around;
    const { searchParams } = address;
    if (!isAnswer(address)) return undefined;
    const pending = read(tab.get(PENDING));
    tab.remove(PENDING);
    if (!pending || searchParams.get('state') !== pending.state) return undefined;
    const { nonce, state, verifier, hash } = pending;
    const [server, client] = [this.#server, this.#client];
    back(hash);
    const granted = await reached(
      (async () => {
        const shown = oauth.validateAuthResponse(server, client, address, state);
        const asked = oauth.authorizationCodeGrantRequest(server, client, oauth.None(), shown, home, verifier, this.#options);
        return oauth.processAuthorizationCodeResponse(server, client, await asked, { expectedNonce: nonce });
      })(),
    );
    return toGranted(granted);
  }

  readonly renew = async (refresh: string): Promise<Granted | 'ended'> => {
    const [server, client] = [this.#server, this.#client];
    try {
      const asked = oauth.refreshTokenGrantRequest(server, client, oauth.None(), refresh, this.#options);
      return toGranted(await reached(asked.then((response) => oauth.processRefreshTokenResponse(server, client, response))));
    } catch (error) {
      if (error instanceof Refused) return 'ended';
      throw error;
    }
  };

  /** Says that nobody needs what renews any more. The page may be gone before there is an answer, and needs none. */
  async revoke(refresh: string): Promise<void> {
    if (!this.#server.revocation_endpoint) return;
    const send = this.#around.fetch ?? globalThis.fetch;
    const outliving = (address: string, init: RequestInit): Promise<Response> => send(address, { ...init, keepalive: true });
    const how = { ...this.#options, [oauth.customFetch]: outliving };
    await oauth.revocationRequest(this.#server, this.#client, oauth.None(), refresh, how).catch(() => undefined);
  }

  /** Where the issuer ends its own session, and leads back from. */
  signOut(identity?: string): URL | undefined {
    const { config, home } = this.#around;
    const endpoint = config.end_session_endpoint ?? this.#server.end_session_endpoint;
    if (!endpoint) return undefined;
    const to = new URL(endpoint);
    // The second name is the standard's, the third one Cognito's.
    const said = {
      client_id: config.client_id,
      post_logout_redirect_uri: home,
      logout_uri: home,
      // The standard's issuers may ask for it; one that the site had to be told of has its own ways.
      ...(identity && !config.end_session_endpoint ? { id_token_hint: identity } : {}),
    };
    for (const [name, value] of Object.entries(said)) to.searchParams.set(name, value);
    return to;
  }

  get #options(): ReturnType<typeof options> {
    return options(this.#around);
  }
}

function options({ config, fetch }: Around) {
  return {
    signal: () => AbortSignal.timeout(TIMEOUT_MS),
    // Unencrypted only where nothing leaves the machine.
    [oauth.allowInsecureRequests]: LOOPBACK.has(new URL(config.issuer).hostname),
    ...(fetch ? { [oauth.customFetch]: fetch } : {}),
  };
}

/** Tells a no from no answer: trying again helps only the latter. */
async function reached<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (isNo(cause)) throw new Refused('the issuer refuses', { cause });
    throw new NetworkError('no answer of the issuer', { cause });
  }
}

function isNo(cause: unknown): boolean {
  if (cause instanceof oauth.AuthorizationResponseError) return true;
  const answered = cause instanceof oauth.ResponseBodyError || cause instanceof oauth.WWWAuthenticateChallengeError;
  return answered && cause.status !== TOO_MANY;
}

function toGranted(response: oauth.TokenEndpointResponse): Granted {
  const { access_token: access, refresh_token: refresh, id_token: identity, expires_in: seconds = 300 } = response;
  return { access, seconds, ...(refresh ? { refresh } : {}), ...(identity ? { identity } : {}) };
}

function read(kept: string | null): Pending | undefined {
  try {
    return kept === null ? undefined : (JSON.parse(kept) as Pending);
  } catch {
    return undefined;
  }
}
