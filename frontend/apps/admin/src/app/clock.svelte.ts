const MINUTE = 60_000;

/** The host's clock. One timer moves every relative time on the page once a minute. */
class Clock {
  #offset = 0;
  #now = $state(Date.now());

  /** Begins with the distance between the host's clock and the browser's. */
  start(offsetSeconds: number): void {
    this.#offset = offsetSeconds * 1000;
    this.tick();
    setInterval(() => this.tick(), MINUTE);
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.tick();
    });
  }

  tick(): void {
    this.#now = this.read();
  }

  /** The time as last shown: reading it in markup keeps the markup up to date. */
  get now(): number {
    return this.#now;
  }

  /** The time at this moment, not tracked. */
  read(): number {
    return Date.now() + this.#offset;
  }
}

export const clock = new Clock();
