import type { AgentApi, Beat, Colleague, Presence as View } from '@kefu/api';

const TYPING_MS = 10_000;
/** Opening or typing is told at once, though not more often than this. */
const QUIET_MS = 2_000;

type Scene = {
  api: () => AgentApi;
  shop: () => string;
  /** The inquiry that is open. */
  viewing: () => string | undefined;
  /** Whether presence means something here: the agent serves, and is not the only one. */
  counts: () => boolean;
};

/** That this page is open, what it shows, where the switch stands, and who else is here. The polls carry the beat. */
export class Presence {
  view = $state.raw<View | undefined>();
  /** Where the switch is going, while the API has not answered. */
  #wanted = $state<boolean | undefined>();
  readonly #tab = crypto.randomUUID();
  readonly #scene: Scene;
  #typedAt = -Infinity;
  #toldAt = -Infinity;
  #told = '';

  /** This person's other pages. */
  readonly #pages = new BroadcastChannel('kefu-presence');

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#pages.addEventListener('message', () => this.arrive());
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

  /** Tells what is open or typed, unless that is known or was told a moment ago. */
  tell(): void {
    if (!this.#scene.counts() || performance.now() - this.#toldAt < QUIET_MS) return;
    if (JSON.stringify(this.#beat()) === this.#told) return;
    void this.#send();
  }

  async #send(more: { receiving?: boolean } = {}): Promise<void> {
    const beat = this.beat() as Beat;
    try {
      this.took(await this.#scene.api().presence(this.#scene.shop(), { ...beat, ...more }));
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

  /** The page closes: offline at once, unless another of this person's pages spoke since. */
  leave(): void {
    const shop = this.#scene.shop();
    if (!shop || !this.#scene.counts()) return;
    this.#scene.api().presence(shop, { tab: this.#tab, leaving: true }).catch(() => undefined);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel never leaves its origin
    this.#pages.postMessage('left');
  }

  /** The shop was entered, or another page of this person closed: say at once that this one is open. */
  arrive(): void {
    if (this.#scene.counts()) void this.#send();
  }
}
