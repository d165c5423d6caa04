import { ApiError } from '@kefu/api';
import { clock } from '../app/clock.svelte';
import { session } from '../app/session.svelte';
import { withHead, withTail } from './pages';

type Page<Row> = { rows: Row[]; next?: string | undefined };
type Read<Row> = (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Row>>;

/** Rows that come page by page. What is shown stays while it is read anew, and when that fails. */
export class Paged<Row> {
  rows = $state.raw<Row[]>([]);
  next = $state<string | undefined>();
  phase = $state<'loading' | 'ready' | 'failed'>('loading');
  stale = $state(false);
  forbidden = $state(false);
  loadingMore = $state(false);
  updatedAt = $state(0);

  #read: Read<Row> | undefined;
  #abort = new AbortController();
  readonly #name: (row: Row) => string;

  constructor(name: (row: Row) => string) {
    this.#name = name;
  }

  /** Shows other rows; answers still under way for the ones before are dropped. */
  async open(read: Read<Row>): Promise<void> {
    this.#read = read;
    this.#abort.abort();
    this.#abort = new AbortController();
    this.rows = [];
    this.next = undefined;
    this.phase = 'loading';
    this.stale = this.forbidden = false;
    await this.refresh();
  }

  /** Reads the first page anew; what was loaded behind it stays. */
  refresh = async (): Promise<void> => {
    await this.#attempt(undefined, ({ rows, next }) => {
      const more = next !== undefined && this.rows.length > rows.length;
      this.rows = more ? withHead(this.rows, rows, this.#name) : rows;
      if (!more) this.next = next;
    });
  };

  /** Reads all that is on the screen anew: something was done, and a row may stand elsewhere now. */
  reread = async (): Promise<void> => {
    const read = this.#read;
    const wanted = this.rows.length;
    if (!read) return;
    await this.#attempt(undefined, ({ rows, next }) => ([this.rows, this.next] = [rows, next]), async (signal) => {
      let page = await read(undefined, signal);
      while (page.next !== undefined && page.rows.length < wanted) {
        const { rows, next } = await read(page.next, signal);
        page = { rows: withTail(page.rows, rows, this.#name), next };
      }
      return page;
    });
  };

  async more(): Promise<void> {
    if (!this.next || this.loadingMore) return;
    this.loadingMore = true;
    await this.#attempt(this.next, ({ rows, next }) => {
      this.rows = withTail(this.rows, rows, this.#name);
      this.next = next;
    });
    this.loadingMore = false;
  }

  async #attempt(
    cursor: string | undefined,
    took: (page: Page<Row>) => void,
    read = (signal: AbortSignal): Promise<Page<Row>> | undefined => this.#read?.(cursor, signal),
  ): Promise<void> {
    const { signal } = this.#abort;
    try {
      const page = await read(signal);
      if (!page || signal.aborted) return;
      took(page);
      this.phase = 'ready';
      this.stale = false;
      this.forbidden = false;
      this.updatedAt = clock.read();
    } catch (error) {
      if (signal.aborted) return;
      session.noticed(error);
      this.stale = true;
      this.forbidden = error instanceof ApiError && error.status === 403;
      if (this.phase === 'loading') this.phase = 'failed';
    }
  }
}
