import { AgentApi, OrdersApi, type Session, type SiteConfig, createTransport, isUnauthorized } from '@kefu/api';
import { clock } from './clock.svelte';
import { locale } from './i18n.svelte';
import { session as tab } from './storage';

const TOKEN = 'kefu.token';

/** Who is signed in, and the API in that agent's name. The token lives in memory and in this tab's storage. */
class AgentSession {
  #token: string | undefined;
  #api: AgentApi | undefined;
  #orders: OrdersApi | undefined;
  #who = $state.raw<Session | undefined>();
  #expired = $state(false);
  kind = $state('local');
  #orderUrl: string | undefined;

  get api(): AgentApi {
    if (!this.#api) throw new Error('the session has not started');
    return this.#api;
  }

  get orders(): OrdersApi {
    if (!this.#orders) throw new Error('the session has not started');
    return this.#orders;
  }

  get who(): Session | undefined {
    return this.#who;
  }

  get expired(): boolean {
    return this.#expired;
  }

  /** Reads the site's settings, then picks up the tab's sign-in where there is one. */
  async start(): Promise<void> {
    const config = await readConfig();
    clock.start(config.clock_offset_seconds);
    this.kind = config.sign_in.kind;
    this.#orderUrl = config.order_url;
    this.#token = tab.get(TOKEN) ?? undefined;
    const transport = createTransport({ base: config.api_base || location.origin, token: () => this.#token, locale });
    this.#api = new AgentApi(transport);
    this.#orders = new OrdersApi(transport);
    if (this.#token) await this.#identify();
  }

  /** The page that shows an order, where the site is told of one. */
  orderUrl(shop: string, order: string): string | undefined {
    const fill = { shop: encodeURIComponent(shop), order: encodeURIComponent(order) };
    return this.#orderUrl?.replace(/\{(shop|order)\}/g, (_, name: 'shop' | 'order') => fill[name]);
  }

  /** Whether the agent serves this shop's customers; without that its lists are closed to them. */
  serves(shop: string | undefined): boolean {
    return this.#who?.shops.find(({ id }) => id === shop)?.service === true;
  }

  async signIn(agent: string): Promise<void> {
    const token = await this.api.localSignIn(agent);
    this.#token = token;
    tab.set(TOKEN, token);
    await this.#identify();
  }

  async #identify(): Promise<void> {
    try {
      this.#who = await this.api.session();
      this.#expired = false;
    } catch (error) {
      if (!isUnauthorized(error)) throw error;
      this.end(true);
    }
  }

  end(expired = false): void {
    this.#token = undefined;
    tab.remove(TOKEN);
    this.#api?.forget();
    this.#who = undefined;
    this.#expired = expired;
  }

  /** Lets a failed request end the session where the API no longer knows the token. */
  noticed(error: unknown): void {
    if (this.#who && isUnauthorized(error)) this.end(true);
  }
}

async function readConfig(): Promise<SiteConfig> {
  const response = await fetch('/config.json', { cache: 'no-store' });
  if (!response.ok) throw new Error(`config.json: ${response.status}`);
  return (await response.json()) as SiteConfig;
}

export const session = new AgentSession();
