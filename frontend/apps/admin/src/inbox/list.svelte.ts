import type { AgentApi, Beat, Counts, Header, ListPage, ListQuery, Presence, Row, ShopCounts } from '@kefu/api';
import { mergeHead } from './merge';
import { belongs, toRow } from './membership';

/** A hidden page polls every 25 s, and who says nothing for a minute is offline. */
const ELSEWHERE_MS = 24_000;
export const PAGE = 25;

export type ListScene = {
  /** True while moving rows would disturb: the pointer is over them, some are selected, or the list is scrolled. */
  held: () => boolean;
  /** The inquiry that is open beside the list. */
  open: () => string | undefined;
  now: () => number;
  /** The heartbeat that each question to the API carries. */
  beat?: () => Partial<Beat>;
  here?: (presence: Presence | undefined) => void;
};

/** The rows of one list, page by page, and the counts of all lists. */
export class InquiryList {
  rows = $state.raw<Row[]>([]);
  counts = $state.raw<Counts | undefined>();
  phase = $state<'loading' | 'ready' | 'failed' | 'closed'>('loading');
  error = $state.raw<unknown>();
  stale = $state(false);
  updatedAt = $state(0);
  pending = $state(0);
  loadingMore = $state(false);
  next = $state<string | undefined>();
  /** What waits in each of the agent's shops; asked for now and then. */
  shops = $state.raw<ShopCounts[]>([]);

  #shop = '';
  #me = '';
  #query: ListQuery = { list: 'mine' };
  #abort = new AbortController();
  #waitingPage: ListPage | undefined;
  readonly #api: AgentApi;
  readonly #scene: ListScene;

  constructor(api: AgentApi, scene: ListScene) {
    this.#api = api;
    this.#scene = scene;
  }

  /** Shows another list; answers still under way for the old one are dropped. */
  async open(shop: string, me: string, query: ListQuery): Promise<void> {
    if (shop !== this.#shop) this.counts = undefined;
    this.#shop = shop;
    this.#me = me;
    this.#query = query;
    await this.reload();
  }

  /** Shows nothing and asks for nothing: the agent does not serve this shop. */
  close(): void {
    this.#clear();
    this.counts = undefined;
    this.phase = 'closed';
  }

  async reload(): Promise<void> {
    this.#clear();
    this.phase = 'loading';
    await this.#attempt(async (signal) => {
      const page = await this.#fetchHead(signal);
      this.#replace(page);
      this.phase = 'ready';
    });
  }

  /** Asks for the first page and the counts again; shows what can be shown without moving rows. */
  async poll(withShops = false): Promise<void> {
    if (withShops) this.#heads = 0;
    if (this.phase === 'loading' || this.phase === 'closed') return;
    await this.#attempt(async (signal) => {
      const page = await this.#fetchHead(signal);
      if (this.phase === 'failed') this.#replace(page);
      else this.#merge(page);
      this.phase = 'ready';
    });
  }

  async more(): Promise<void> {
    const cursor = this.next;
    if (!cursor || this.loadingMore) return;
    this.loadingMore = true;
    await this.#attempt(async (signal) => {
      const page = await this.#api.list(this.#shop, { ...this.#query, limit: PAGE, cursor }, signal);
      const known = new Set(this.rows.map(({ id }) => id));
      this.rows = [...this.rows, ...page.inquiries.filter(({ id }) => !known.has(id))];
      this.next = page.next;
    });
    this.loadingMore = false;
  }

  /** Shows the arrivals, departures and moves that were gathered. */
  showUpdates(): void {
    if (this.#waitingPage) this.#replace(this.#waitingPage);
  }

  /** An inquiry that this agent changed: its row follows at once, and leaves where it no longer belongs. */
  apply(header: Header, keep = false): void {
    const at = this.rows.findIndex(({ id }) => id === header.id);
    const old = this.rows[at];
    if (!old) return;
    const row = toRow(header, old);
    const stays = keep || belongs(row, this.#query, this.#me, this.#scene.now());
    this.rows = stays ? this.rows.with(at, row) : this.rows.toSpliced(at, 1);
  }

  #heads = 0;
  #shopsAt = -Infinity;

  /**
   * The shops' counts come with the first answer and every sixth after it. Whoever has several shops is online in
   * the others by asking for them, so they ask at least twice a minute.
   */
  #asksForShops(): boolean {
    const elsewhere = this.shops.length > 1 && performance.now() - this.#shopsAt >= ELSEWHERE_MS;
    const asks = this.#heads++ % 6 === 0 || elsewhere;
    if (asks) this.#shopsAt = performance.now();
    return asks;
  }

  async #fetchHead(signal: AbortSignal): Promise<ListPage> {
    const counted = this.#query.list !== 'history' || this.counts === undefined;
    const query: ListQuery = {
      ...this.#query,
      limit: PAGE,
      ...(counted ? { counts: true } : {}),
      ...(this.#asksForShops() ? { shops: true } : {}),
      ...this.#scene.beat?.(),
    };
    const page = await this.#api.list(this.#shop, query, signal);
    if (page.counts) this.counts = page.counts;
    if (page.shops) this.shops = page.shops;
    this.#scene.here?.(page.presence);
    return page;
  }

  #merge(page: ListPage): void {
    const open = this.#scene.open();
    const ignore = new Set(open ? [open] : []);
    const head = { rows: page.inquiries, complete: page.next === undefined };
    const merged = mergeHead(this.rows, head, ignore);
    this.rows = merged.rows;
    if (merged.pending === 0) {
      this.#settle();
    } else if (this.#scene.held() || this.#openRowWouldMove(page, open) || this.rows.length > PAGE) {
      this.#waitingPage = page;
      this.pending = merged.pending;
    } else {
      this.#replace(page);
    }
  }

  #openRowWouldMove(page: ListPage, open: string | undefined): boolean {
    const at = this.rows.findIndex(({ id }) => id === open);
    return at >= 0 && page.inquiries[at]?.id !== open;
  }

  #replace(page: ListPage): void {
    this.rows = page.inquiries;
    this.next = page.next;
    this.#settle();
  }

  #clear(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.rows = [];
    this.next = undefined;
    this.#settle();
  }

  #settle(): void {
    this.#waitingPage = undefined;
    this.pending = 0;
  }

  async #attempt(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = this.#abort;
    try {
      await work(signal);
      this.stale = false;
      this.error = undefined;
      this.updatedAt = this.#scene.now();
    } catch (error) {
      if (signal.aborted) return;
      this.error = error;
      this.stale = true;
      if (this.phase === 'loading') this.phase = 'failed';
    }
  }
}
