import createClient, { type Client } from 'openapi-fetch';
import { EtagCache } from './etags';
import { NetworkError, toApiError } from './problem';
import type { LocalPaths } from './local';
import type { paths } from './schema';

type Paths = paths & LocalPaths;

export type ClientOptions = {
  base: string;
  token: () => string | undefined;
  locale: () => string;
  fetch?: typeof fetch;
};

export type Transport = { client: Client<Paths>; forget: () => void };

const TIMEOUT_MS = 20_000;

/** An openapi-fetch client that signs in, revalidates reads by ETag and bounds every request in time. */
export function createTransport(options: ClientOptions): Transport {
  const etags = new EtagCache();
  const send = options.fetch ?? ((request: Request) => globalThis.fetch(request));

  const client = createClient<Paths>({
    baseUrl: options.base,
    fetch: async (request: Request) => {
      const revalidated = request.method === 'GET';
      const headers = new Headers(request.headers);
      const token = options.token();
      if (token) headers.set('authorization', `Bearer ${token}`);
      headers.set('accept-language', options.locale());
      const key = `${request.url} ${options.locale()}`;
      const etag = revalidated ? etags.tagOf(key) : undefined;
      if (etag) headers.set('if-none-match', etag);
      const bounded = new Request(request, {
        headers,
        credentials: 'omit',
        cache: 'no-store',
        signal: AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      let response: Response;
      try {
        response = await send(bounded);
      } catch (cause) {
        if (request.signal.aborted) throw cause;
        throw new NetworkError('no answer', { cause });
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
