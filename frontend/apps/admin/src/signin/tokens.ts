/** What the issuer gives: a token for the API, one that gives the next, and one that says to the issuer who signs out. */
export type Granted = { access: string; refresh?: string; identity?: string; seconds: number };

/** What became of a renewal; `ended`: the issuer gives no more. Where nobody knows, it throws. */
export type Renew = (refresh: string) => Promise<Granted | 'ended'>;

type Held = Granted & { until: number };

/** So long before its end a token is renewed: longer than a request takes. Of a short-lived one half is used. */
const EARLY_MS = 60_000;

/**
 * The tokens of this page, in memory only. No timer renews them: the page asks the API every few seconds, and the first
 * question near a token's end renews it. Questions that come meanwhile wait for the same renewal, since a token that
 * renews is good once.
 */
export class Tokens {
  #held: Held | undefined;
  #renewing: Promise<void> | undefined;
  readonly #renew: Renew;
  readonly #ended: () => void;
  readonly #now: () => number;

  constructor(renew: Renew, ended: () => void, now: () => number = Date.now) {
    this.#renew = renew;
    this.#ended = ended;
    this.#now = now;
  }

  hold(granted: Granted): void {
    this.#held = { ...granted, until: this.#now() + granted.seconds * 1000 };
  }

  /** Forgets them; what there was can be given back to the issuer. */
  drop(): Granted | undefined {
    const held = this.#held;
    this.#held = undefined;
    return held;
  }

  /** The token for a request: at once, unless it ends soon and the request can wait. */
  current(atOnce = false): string | undefined | Promise<string | undefined> {
    const held = this.#held;
    if (!held?.refresh || atOnce || this.#now() < held.until - early(held)) return held?.access;
    return this.#renewed().then(
      () => this.#held?.access,
      // It may be good for a moment yet, and the API says if it is not.
      () => this.#held?.access,
    );
  }

  /** The API refused this token: another one, if there is one. Throws where the issuer cannot be reached. */
  async instead(refused: string): Promise<string | undefined> {
    if (this.#held?.access === refused) {
      if (!this.#held.refresh) return undefined;
      await this.#renewed();
    }
    return this.#held?.access;
  }

  #renewed(): Promise<void> {
    this.#renewing ??= this.#ask().finally(() => (this.#renewing = undefined));
    return this.#renewing;
  }

  async #ask(): Promise<void> {
    const asked = this.#held;
    if (!asked?.refresh) return;
    const granted = await this.#renew(asked.refresh);
    // Who signed out meanwhile stays signed out.
    if (this.#held !== asked) return;
    if (granted === 'ended') {
      this.drop();
      this.#ended();
    } else {
      // An issuer that does not rotate says nothing new about what renews, and may say nothing about who it is.
      const { refresh, identity } = asked;
      this.hold({ refresh, ...(identity ? { identity } : {}), ...granted });
    }
  }
}

function early({ seconds }: Granted): number {
  return Math.min(EARLY_MS, seconds * 500);
}
