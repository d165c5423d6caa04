import { type Transport, done, newKey, unwrap } from './client';
import type {
  Agent,
  Agents,
  Alerts,
  Beat,
  BulkAction,
  BulkResult,
  CommandName,
  CommandResult,
  Commands,
  Conversation,
  DeskChange,
  ListPage,
  Row,
  ListQuery,
  Presence,
  Profile,
  Proposal,
  ServiceSettings,
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

  /** The page is open; `leaving` outlives the page itself. */
  presence(shop: string, beat: Beat & { receiving?: boolean; leaving?: boolean }): Promise<Presence> {
    const init = { params: { path: { shop } }, body: beat, keepalive: beat.leaving === true };
    return unwrap(this.#client.POST('/v1/shops/{shop}/presence', init));
  }

  agents(shop: string): Promise<Agents> {
    return unwrap(this.#client.GET('/v1/shops/{shop}/agents', { params: { path: { shop } } }));
  }

  changeDesk(shop: string, agent: string, body: DeskChange): Promise<Agent> {
    const init = { params: { path: { shop, agent } }, body };
    return unwrap(this.#client.PUT('/v1/shops/{shop}/agents/{agent}/desk', init));
  }

  changeSettings(
    shop: string,
    body: ServiceSettings,
    version: number,
  ): Promise<{ service_settings: ServiceSettings; settings_version: number }> {
    const params = { path: { shop }, header: { 'If-Match': `"${version}"` } };
    return unwrap(this.#client.PUT('/v1/shops/{shop}/service-settings', { params, body }));
  }

  alerts(shop: string, before?: string): Promise<Alerts> {
    const params = { path: { shop }, query: before === undefined ? {} : { before } };
    return unwrap(this.#client.GET('/v1/shops/{shop}/alerts', { params }));
  }

  async sawAlerts(shop: string, until: string): Promise<void> {
    await done(this.#client.POST('/v1/shops/{shop}/alerts/seen', { params: { path: { shop } }, body: { until } }));
  }

  profile(shop: string): Promise<Profile> {
    return unwrap(this.#client.GET('/v1/shops/{shop}/me', { params: { path: { shop } } }));
  }

  changeProfile(shop: string, body: { nickname?: string; avatar?: string }): Promise<Profile> {
    return unwrap(this.#client.PUT('/v1/shops/{shop}/me', { params: { path: { shop } }, body }));
  }

  async setDigest(shop: string, digest: boolean): Promise<void> {
    await done(this.#client.PUT('/v1/shops/{shop}/me/digest', { params: { path: { shop } }, body: { digest } }));
  }

  async proposals(shop: string): Promise<Proposal[]> {
    const answer = this.#client.GET('/v1/shops/{shop}/proposals', { params: { path: { shop } } });
    return (await unwrap<{ proposals: Proposal[] }>(answer)).proposals;
  }

  /** Approves or refuses the proposal that was looked at. */
  async decide(shop: string, { agent, id: proposal }: Proposal, approve: boolean): Promise<void> {
    const init = { params: { path: { shop, agent } }, body: { approve, proposal } };
    await done(this.#client.POST('/v1/shops/{shop}/proposals/{agent}', init));
  }

  /** Marks a question answered, without a note. */
  answered(shop: string, id: string, question: number): Promise<CommandResult> {
    const init = { params: { path: { shop, id, question } }, body: {} };
    return unwrap(this.#client.POST('/v1/shops/{shop}/inquiries/{id}/questions/{question}/answered', init));
  }

  async bulk(shop: string, items: { id: string; version: number }[], action: BulkAction): Promise<BulkResult[]> {
    const headers = { 'idempotency-key': newKey() };
    const init = { params: { path: { shop } }, body: { items, action }, headers };
    const answer = this.#client.POST('/v1/shops/{shop}/inquiries/bulk', init);
    return (await unwrap<{ results: BulkResult[] }>(answer)).results;
  }
}
