import { AgentApi, ApiError, OrdersApi, type Session, type SiteConfig, createTransport, isUnauthorized } from '@kefu/api';
import { tick } from 'svelte';
import { Issuer, Refused, isAnswer } from '../signin/issuer';
import { type Granted, Tokens } from '../signin/tokens';
import { clock } from './clock.svelte';
import { locale } from './i18n.svelte';
import { session as tab } from './storage';

/** Why nobody is signed in. */
export type Left = 'expired' | 'signed_out' | 'refused' | 'no_storage';

const OUT = 'kefu.signed-out';
const CONFIG_TIMEOUT_MS = 20_000;
/** What the API refuses is not looked into more often. */
const LOOK_MS = 5_000;

/**
 * Who is signed in, and the API in that agent's name. Tokens live in memory: a page that is loaded anew gets new ones
 * from the issuer, which remembers for a while who somebody is.
 */
class AgentSession {
  #issuer: Issuer | undefined;
  #api: AgentApi | undefined;
  #orders: OrdersApi | undefined;
  #who = $state.raw<Session | undefined>();
  #lost = $state.raw<Session['shops']>([]);
  #left = $state<Left | undefined>();
  #orderUrl: string | undefined;
  #lookedAt = -Infinity;
  /** This person's other pages. */
  #pages: BroadcastChannel | undefined;
  /** Who signed out in another page while it was not known yet who this one is. */
  #leaver: string | undefined;
  readonly #tokens = new Tokens(
    (refresh) => this.#known.renew(refresh),
    () => this.end('expired'),
  );

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

  get left(): Left | undefined {
    return this.#left;
  }

  get #known(): Issuer {
    if (!this.#issuer) throw new Error('the session has not started');
    return this.#issuer;
  }

  /** Reads the site's settings, then comes back from the issuer or goes there; in the latter case it never ends. */
  async start(): Promise<void> {
    this.#listen();
    const config = await readConfig();
    clock.start(config.clock_offset_seconds);
    this.#orderUrl = config.order_url;
    this.#issuer = await Issuer.find({ config: config.sign_in, home: new URL('./', location.href).href, tab });
    const transport = createTransport({
      base: config.api_base || location.origin,
      token: (atOnce) => this.#tokens.current(atOnce),
      renew: (refused) => this.#tokens.instead(refused),
      locale,
    });
    this.#api = new AgentApi(transport);
    this.#orders = new OrdersApi(transport);
    if (await this.#cameBack()) return;
    if (tab.get(OUT) !== null) this.#left = 'signed_out';
    // Whoever did not sign out, and was not refused, is led on without a click.
    if (this.#left === undefined) await this.signIn();
  }

  async #cameBack(): Promise<boolean> {
    const address = new URL(location.href);
    try {
      const granted = await this.#known.complete(address, settle);
      settle();
      if (!granted) {
        // An answer that this tab cannot use: going back for another one by itself might never end.
        if (isAnswer(address)) this.#left = 'refused';
        return isAnswer(address);
      }
      this.#tokens.hold(granted);
    } catch (error) {
      // What was in the address is used up, whatever happened.
      settle();
      if (!(error instanceof Refused)) throw error;
      this.#left = 'refused';
      return true;
    }
    await this.#identify();
    return true;
  }

  /** Leaves for the issuer, and comes back to where the person is; it ends only where the page cannot leave. */
  async signIn(): Promise<void> {
    const to = await this.#known.begin(location.hash);
    if (!to) {
      this.#left = 'no_storage';
      return;
    }
    tab.remove(OUT);
    // The page that only leads on is no place to go back to.
    location.replace(to);
    return new Promise<never>(() => undefined);
  }

  /** Ends the sign-in here, in this person's other pages, and at the issuer. */
  async signOut(): Promise<void> {
    const agent = this.#who?.agent.id;
    const held = this.#giveBack();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel never leaves its origin
    this.#pages?.postMessage(agent);
    const to = this.#known.signOut(held?.identity);
    if (!to) return;
    // Nothing asks once more whether to leave: the page has let go of what was unsaved.
    await tick();
    location.assign(to);
  }

  #listen(): void {
    if (this.#pages) return;
    this.#pages = new BroadcastChannel('kefu-session');
    this.#pages.addEventListener('message', ({ data: agent }: MessageEvent<string>) => {
      if (!this.#who) this.#leaver = agent;
      else if (this.#who.agent.id === agent) this.#giveBack();
    });
  }

  /** Signs this page out. Where issuers end their session, what renews may live on: that is ended, too. */
  #giveBack(): Granted | undefined {
    const held = this.#tokens.drop();
    this.end('signed_out');
    // Until somebody asks for it, this tab does not sign in again.
    tab.set(OUT, '1');
    if (held?.refresh) void this.#known.revoke(held.refresh);
    return held;
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

  /** The shop, if the agent stopped being a member of it while this page was open. */
  lost(shop: string | undefined): { name: string } | undefined {
    return this.#lost.find(({ id }) => id === shop);
  }

  async #identify(): Promise<void> {
    try {
      const who = await this.api.session();
      if (who.agent.id === this.#leaver) {
        this.#giveBack();
        return;
      }
      this.#who = who;
      this.#left = undefined;
    } catch (error) {
      if (!isUnauthorized(error)) throw error;
      // The token is new: another one would be refused as well.
      this.end('refused');
    }
  }

  end(why: Left): void {
    this.#tokens.drop();
    this.#api?.forget();
    this.#who = undefined;
    this.#lost = [];
    this.#left = why;
  }

  /** Lets a failed request end the session where the API no longer knows the token, or tell that a membership ended. */
  noticed(error: unknown): void {
    if (!this.#who || !(error instanceof ApiError)) return;
    if (error.status === 401) this.end('expired');
    else if (error.status === 403 || error.status === 404) void this.#look();
  }

  /** Asks where the agent works now. */
  async #look(): Promise<void> {
    const before = this.#who;
    if (!before || performance.now() - this.#lookedAt < LOOK_MS) return;
    this.#lookedAt = performance.now();
    try {
      const now = await this.api.session();
      if (this.#who !== before || JSON.stringify(now) === JSON.stringify(before)) return;
      const gone = [...this.#lost, ...before.shops].filter(({ id }) => !now.shops.some((shop) => shop.id === id));
      this.#lost = gone;
      this.#who = now;
    } catch {
      // Whatever failed is asked again.
    }
  }
}

/** Takes what the issuer said out of the address, and goes where the person was. */
function settle(hash = ''): void {
  if (location.search) history.replaceState(history.state, '', location.pathname + location.hash);
  if (hash !== '' && hash !== location.hash) location.replace(hash);
}

async function readConfig(): Promise<SiteConfig> {
  const response = await fetch('/config.json', { cache: 'no-store', signal: AbortSignal.timeout(CONFIG_TIMEOUT_MS) });
  if (!response.ok) throw new Error(`config.json: ${response.status}`);
  return (await response.json()) as SiteConfig;
}

export const session = new AgentSession();
