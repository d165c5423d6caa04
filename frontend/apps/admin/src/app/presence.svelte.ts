import type { AgentApi, Beat, Colleague, Presence as View } from '@kefu/api';
import { tellIn } from './pace';

const TYPING_MS = 10_000;

type Scene = {
  api: () => AgentApi;
  shop: () => string;
  /** The inquiry that is open. */
  viewing: () => string | undefined;
  /** Whether presence means something: the agent serves, and is not the only one, here or in another shop. */
  counts: () => boolean;
};

/** That this page is open, what it shows, where the switch stands, and who else is here. The polls carry the beat. */
export class Presence {
  view = $state.raw<View | undefined>();
  /** Where the switch is going, while the API has not answered. */
  #wanted = $state<boolean | undefined>();
  /** This page's own id; another one after it closed, since the API refuses what a closed page says late. */
  #tab = crypto.randomUUID();
  readonly #scene: Scene;
  #typedAt = -Infinity;
  #toldAt = -Infinity;
  #told = '';
  #telling: ReturnType<typeof setTimeout> | undefined;
  /** When the next poll carries a beat anyway, by `performance.now()`. */
  pollDueAt = Infinity;
  /** This person's other pages. */
  #pages: BroadcastChannel | undefined;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  /** Listens to this person's other pages, until the page is signed out. */
  join(): () => void {
    const pages = new BroadcastChannel('kefu-presence');
    pages.addEventListener('message', () => this.arrive());
    this.#pages = pages;
    return () => {
      clearTimeout(this.#telling);
      pages.close();
      this.#pages = undefined;
    };
  }

  get receiving(): boolean {
    return this.#wanted ?? this.view?.receiving ?? true;
  }

  get busy(): boolean {
    return this.#wanted !== undefined;
  }

  /** What a poll says besides its question. */
  beat(): Partial<Beat> {
    if (!this.#scene.counts()) return {};
    const beat = this.#beat();
    this.#toldAt = performance.now();
    this.#told = JSON.stringify(beat);
    return beat;
  }

  #beat(): Beat {
    const viewing = this.#scene.viewing();
    const typing = viewing !== undefined && performance.now() - this.#typedAt < TYPING_MS;
    return { tab: this.#tab, ...(viewing ? { viewing } : {}), ...(typing ? { typing } : {}) };
  }

  took(view: View | undefined): void {
    if (view) this.view = view;
  }

  /** The colleagues who look at an inquiry now. */
  at(inquiry: string): Colleague[] {
    return (this.view?.colleagues ?? []).filter(({ viewing }) => viewing === inquiry);
  }

  typed(): void {
    this.#typedAt = performance.now();
    this.tell();
  }

  /** What was typed is sent: nobody waits for it any more. */
  rest(): void {
    this.#typedAt = -Infinity;
    this.tell();
  }

  /** Tells what is open or typed, soon: not before some quiet, and not where a poll says it as soon. */
  tell(): void {
    if (this.#telling !== undefined || !this.#news()) return;
    const wait = tellIn(performance.now(), this.#toldAt, this.pollDueAt);
    if (wait === undefined) return;
    this.#telling = setTimeout(() => {
      this.#telling = undefined;
      if (this.#news()) void this.#send();
    }, wait);
  }

  /** Whether something is other than it was told. */
  #news(): boolean {
    return this.#scene.counts() && JSON.stringify(this.#beat()) !== this.#told;
  }

  async #send(): Promise<void> {
    const shop = this.#scene.shop();
    try {
      const view = await this.#scene.api().presence(shop, this.beat() as Beat);
      if (shop === this.#scene.shop()) this.took(view);
    } catch {
      // The next poll says it again.
    }
  }

  /** Turns the switch 接收會話分配; it springs back where the API refuses. */
  async turn(receiving: boolean): Promise<void> {
    this.#wanted = receiving;
    try {
      this.took(await this.#scene.api().presence(this.#scene.shop(), { ...this.#beat(), receiving }));
    } finally {
      this.#wanted = undefined;
    }
  }

  /** The page closes: offline at once in all shops, unless another of this person's pages spoke since. */
  leave(): void {
    const shop = this.#scene.shop();
    if (!shop || !this.#scene.counts()) return;
    this.#scene.api().presence(shop, { tab: this.#tab, leaving: true }).catch(() => undefined);
    this.#tab = crypto.randomUUID();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel never leaves its origin
    this.#pages?.postMessage('left');
  }

  /** The shop was entered, or another page of this person closed: say at once that this one is open. */
  arrive(): void {
    if (this.#scene.counts()) void this.#send();
  }
}
