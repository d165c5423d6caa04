import createClient, { type Client } from 'openapi-fetch';
import { EtagCache } from './etags';
import { NetworkError, toApiError } from './problem';
import type { paths } from './schema';

export type ClientOptions = {
  base: string;
  /** The token to show. At once where that is asked for: a request made while the page closes cannot wait. */
  token: (atOnce: boolean) => string | undefined | Promise<string | undefined>;
  /** Another token in place of one that the API refused, if there is one. */
  renew?: (refused: string) => Promise<string | undefined>;
  locale: () => string;
  fetch?: typeof fetch;
};

export type Transport = { client: Client<paths>; forget: () => void };

const TIMEOUT_MS = 20_000;

/** An openapi-fetch client that signs in, revalidates reads by ETag and bounds every request in time. */
export function createTransport(options: ClientOptions): Transport {
  const etags = new EtagCache();
  const send = options.fetch ?? ((request: Request) => globalThis.fetch(request));

  const client = createClient<paths>({
    baseUrl: options.base,
    fetch: async (request: Request) => {
      const revalidated = request.method === 'GET';
      const key = `${request.url} ${options.locale()}`;
      const attempt = async (asked: Request, token: string | undefined): Promise<Response> => {
        const headers = new Headers(asked.headers);
        if (token) headers.set('authorization', `Bearer ${token}`);
        headers.set('accept-language', options.locale());
        const etag = revalidated ? etags.tagOf(key) : undefined;
        if (etag) headers.set('if-none-match', etag);
        const bounded = new Request(asked, {
          headers,
          credentials: 'omit',
          cache: 'no-store',
          signal: AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MS)]),
        });
        try {
          return await send(bounded);
        } catch (cause) {
          if (request.signal.aborted) throw cause;
          throw new NetworkError('no answer', { cause });
        }
      };
      const held = options.token(request.keepalive);
      const token = held instanceof Promise ? await held : held;
      // What outlives the page is said once.
      const again = request.keepalive ? undefined : request.clone();
      let response = await attempt(request, token);
      if (response.status === 401 && token && again && options.renew) {
        // The API did nothing: the same request may be made once more.
        const other = await options.renew(token);
        if (other) response = await attempt(again, other);
      }
      return revalidated ? etags.settle(key, response) : response;
    },
  });
  return { client, forget: () => etags.clear() };
}

type Outcome = { data?: unknown; error?: unknown; response: Response };

/** The data of an answer, in the words of types.ts (conform.ts holds those to the description); a refusal is thrown as ApiError. */
export async function unwrap<T>(outcome: Promise<Outcome>): Promise<T> {
  const { data, error, response } = await outcome;
  if (!response.ok || data === undefined) throw toApiError(response, error);
  return data as T;
}

/** An answer without a body; a refusal is thrown as ApiError. */
export async function done(outcome: Promise<Outcome>): Promise<void> {
  const { error, response } = await outcome;
  if (!response.ok) throw toApiError(response, error);
}

/** A fresh Idempotency-Key. Keep it while the same command is tried again. */
export function newKey(): string {
  return crypto.randomUUID();
}
