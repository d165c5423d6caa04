import { type AgentApi, type BulkResult, type Counts, type Header, type OrdersApi, type RefundCounts, type Shop, countOf } from '@kefu/api';
import { QueryClient } from '@tanstack/svelte-query';
import { createContext } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import { Drafts, type Mode } from '../conversation/drafts';
import { InquiryList } from '../inbox/list.svelte';
import type { Acting } from '../orders/acting';
import { clock } from './clock.svelte';
import type { KeyName } from './keys';
import { route } from './nav.svelte';
import { Presence } from './presence.svelte';
import { session } from './session.svelte';
import { local } from './storage';

export type Subject = Pick<Header, 'id' | 'version'>;

export type Dialog =
  | { kind: 'keys' }
  | { kind: 'assign' | 'transfer'; inquiry: Header }
  | { kind: 'close' | 'tags' | 'merge' | 'snooze'; inquiry: Header }
  | { kind: 'bulk-close' | 'bulk-assign' | 'bulk-tag' }
  | { kind: 'bulk-result'; results: BulkResult[]; names: ReadonlyMap<string, string> };

/** What the open conversation lets the keyboard do. */
export type OpenConversation = {
  header: () => Header | undefined;
  write: (mode: Mode) => void;
  /** Puts text into the reply at the caret. */
  insert: (text: string) => void;
  flagMenu: () => void;
  snoozeMenu: () => void;
  refresh: () => Promise<unknown>;
};

/** The working place of the signed-in agent: one shop, one list, what is selected and what is open. */
export class Desk {
  readonly client = new QueryClient({
    defaultOptions: { queries: { retry: 1, refetchOnWindowFocus: false, refetchOnReconnect: false } },
  });
  readonly drafts = new Drafts(local);
  readonly list: InquiryList;
  readonly presence: Presence;
  readonly selected = new SvelteSet<string>();
  profile = $state.raw<Shop | undefined>();
  problem = $state.raw<unknown>();
  dialog = $state.raw<Dialog | undefined>();
  /** What is about to be done with an order, in a dialog of its own. */
  acting = $state.raw<Acting | undefined>();
  /** The row that the keyboard stands on; it may be ahead of the conversation for a moment. */
  cursor = $state<string | undefined>();
  shopsOpen = $state(false);
  filtersOpen = $state(false);
  pointerOver = false;
  scrolled = false;
  open: OpenConversation | undefined;
  /** What shortcuts do on the page over the inbox; true where one meant something. */
  keys: ((name: KeyName) => boolean) | undefined;
  /** Reads the rows of the page over the inbox anew: its first page, or all that is shown. */
  refreshPage: ((all?: boolean) => Promise<unknown>) | undefined;
  /** How many refunds there are to decide, under way, and in trouble. */
  refunds = $state.raw<RefundCounts | undefined>();

  constructor() {
    this.presence = new Presence({
      api: () => this.api,
      shop: () => this.shop,
      viewing: () => route().inquiry,
      counts: () =>
        this.profile?.me.service === true && (!this.profile.single_agent || this.list.shops.length > 1),
    });
    this.list = new InquiryList(this.api, {
      beat: () => this.presence.beat(),
      here: (presence) => this.presence.took(presence),
      held: () => this.pointerOver || this.scrolled || this.selected.size > 0,
      open: () => route().inquiry,
      now: () => clock.read(),
    });
  }

  get api(): AgentApi {
    return session.api;
  }

  get orders(): OrdersApi {
    return session.orders;
  }

  /** What the menu shows red: refunds that wait for somebody. */
  get refundsWaiting(): number {
    return countOf(this.refunds?.pending) + countOf(this.refunds?.attention);
  }

  /** Counts the refunds anew. Where that fails the menu keeps what it knew. */
  async countRefunds(): Promise<void> {
    const { shop } = this;
    if (!shop || !session.serves(shop)) return;
    try {
      const { counts } = await this.orders.refunds(shop, 'pending');
      if (shop === this.shop) this.refunds = counts;
    } catch (error) {
      session.noticed(error);
    }
  }

  /** The signed-in agent's id; empty for a moment while signing out. */
  get me(): string {
    return session.who?.agent.id ?? '';
  }

  get shop(): string {
    return this.profile?.id ?? route().shop ?? '';
  }

  get counts(): Counts | undefined {
    return this.list.counts;
  }

  /** Whose clocks the shop goes by. */
  get zone(): string {
    return this.profile?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  }

  get supervises(): boolean {
    const role = this.profile?.me.role;
    return role === 'supervisor' || role === 'owner';
  }

  async enter(shop: string): Promise<void> {
    this.problem = undefined;
    if (this.profile?.id !== shop) {
      this.profile = undefined;
      this.refunds = undefined;
      this.acting = undefined;
      this.presence.view = undefined;
    }
    this.selected.clear();
    try {
      this.profile = await this.api.shop(shop);
      this.presence.arrive();
      void this.countRefunds();
    } catch (error) {
      session.noticed(error);
      this.problem = error;
    }
  }

  /** The agent works in this shop no more: nothing of it stays in the page. */
  close(): void {
    this.dialog = undefined;
    this.acting = undefined;
    this.presence.view = undefined;
    this.list.close();
    this.client.clear();
  }

  /** Where an agent's approved picture is. */
  avatarOf(agent: string | undefined): string | undefined {
    return this.profile?.agents.find(({ id }) => id === agent)?.avatar;
  }

  nameOf(agent: string | undefined): string {
    if (!agent) return '';
    return this.profile?.agents.find(({ id }) => id === agent)?.nickname ?? agent;
  }

  /** The selected rows that are on the list, with the versions that were seen. */
  get picked(): Subject[] {
    return this.list.rows.filter(({ id }) => this.selected.has(id)).map(({ id, version }) => ({ id, version }));
  }
}

export const [useDesk, provideDesk] = createContext<Desk>();
