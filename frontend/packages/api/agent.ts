import { type Transport, newKey, unwrap } from './client';
import type {
  BulkAction,
  BulkResult,
  CommandName,
  CommandResult,
  Commands,
  Conversation,
  ListPage,
  Row,
  ListQuery,
  LocalAgent,
  Session,
  Shop,
} from './types';

export type CommandOptions = {
  /** The version that the agent saw; sent as If-Match. Notes and marks of reading need none. */
  version?: number;
  key?: string;
};

type AnyCommand = (path: string, init: object) => Promise<{ data?: CommandResult; error?: unknown; response: Response }>;

/** What an agent can do, one method per operation of the API. */
export class AgentApi {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  get #client(): Transport['client'] {
    return this.#transport.client;
  }

  /** Drops remembered answers: another agent signs in. */
  forget(): void {
    this.#transport.forget();
  }

  async localAgents(): Promise<LocalAgent[]> {
    return (await unwrap<{ agents: LocalAgent[] }>(this.#client.GET('/local/agents'))).agents;
  }

  async localSignIn(agent: string): Promise<string> {
    const answer = this.#client.POST('/local/sign-in', { body: { agent } });
    return (await unwrap<{ token: string }>(answer)).token;
  }

  session(): Promise<Session> {
    return unwrap(this.#client.GET('/v1/session'));
  }

  shop(shop: string): Promise<Shop> {
    return unwrap(this.#client.GET('/v1/shops/{shop}', { params: { path: { shop } } }));
  }

  async list(shop: string, query: ListQuery, signal?: AbortSignal): Promise<ListPage> {
    const params = { path: { shop }, query };
    const page = await unwrap<ListPage>(this.#client.GET('/v1/shops/{shop}/inquiries', { params, signal: signal ?? null }));
    // A row does not say the same time twice: without a last message, it is the one that waits.
    const whole = (row: Row): Row => ({ ...row, last_message_at: row.last_message_at ?? row.waiting_since ?? '' });
    return { ...page, inquiries: page.inquiries.map(whole) };
  }

  show(shop: string, id: string, before?: number, signal?: AbortSignal): Promise<Conversation> {
    const params = { path: { shop, id }, query: before === undefined ? {} : { before } };
    return unwrap(this.#client.GET('/v1/shops/{shop}/inquiries/{id}', { params, signal: signal ?? null }));
  }

  command<N extends CommandName>(
    shop: string,
    id: string,
    name: N,
    body: Commands[N],
    { version, key = newKey() }: CommandOptions = {},
  ): Promise<CommandResult> {
    const headers: Record<string, string> = { 'idempotency-key': key };
    if (version !== undefined) headers['if-match'] = `"${version}"`;
    const post = this.#client.POST as unknown as AnyCommand;
    const path = `/v1/shops/{shop}/inquiries/{id}/${name}`;
    return unwrap(post(path, { params: { path: { shop, id } }, body, headers }));
  }

  async bulk(shop: string, items: { id: string; version: number }[], action: BulkAction): Promise<BulkResult[]> {
    const headers = { 'idempotency-key': newKey() };
    const init = { params: { path: { shop } }, body: { items, action }, headers };
    const answer = this.#client.POST('/v1/shops/{shop}/inquiries/bulk', init);
    return (await unwrap<{ results: BulkResult[] }>(answer)).results;
  }
}
