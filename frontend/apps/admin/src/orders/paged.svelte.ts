import { ApiError } from '@kefu/api';
import { clock } from '../app/clock.svelte';
import { session } from '../app/session.svelte';

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

  /** Reads the first page anew. Where more than that is on the screen, its rows are brought up to date in their places. */
  refresh = async (): Promise<void> => {
    await this.#attempt(undefined, ({ rows, next }) => {
      const fresh = new Map(rows.map((row) => [this.#name(row), row]));
      if (this.rows.length > rows.length && next !== undefined) {
        this.rows = this.rows.map((row) => fresh.get(this.#name(row)) ?? row);
        return;
      }
      this.rows = rows;
      this.next = next;
    });
  };

  async more(): Promise<void> {
    if (!this.next || this.loadingMore) return;
    this.loadingMore = true;
    await this.#attempt(this.next, ({ rows, next }) => {
      const known = new Set(this.rows.map(this.#name));
      this.rows = [...this.rows, ...rows.filter((row) => !known.has(this.#name(row)))];
      this.next = next;
    });
    this.loadingMore = false;
  }

  async #attempt(cursor: string | undefined, took: (page: Page<Row>) => void): Promise<void> {
    const { signal } = this.#abort;
    try {
      const page = await this.#read?.(cursor, signal);
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
