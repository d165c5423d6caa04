/** Remembers the last answer per address, so that an unchanged one costs a 304 without a body. */
export class EtagCache {
  readonly #answers = new Map<string, { etag: string; text: string }>();
  readonly #size: number;

  constructor(size = 64) {
    this.#size = size;
  }

  tagOf(key: string): string | undefined {
    return this.#answers.get(key)?.etag;
  }

  /** The response as the caller should see it: a 304 is turned back into the answer that it confirms. */
  async settle(key: string, response: Response): Promise<Response> {
    const known = this.#answers.get(key);
    if (response.status === 304 && known) {
      return new Response(known.text, { status: 200, headers: { 'content-type': 'application/json' } });
    }
    const etag = response.headers.get('etag');
    if (response.ok && etag) this.#remember(key, etag, await response.clone().text());
    return response;
  }

  #remember(key: string, etag: string, text: string): void {
    this.#answers.delete(key);
    this.#answers.set(key, { etag, text });
    const oldest = this.#answers.keys().next();
    if (this.#answers.size > this.#size && !oldest.done) this.#answers.delete(oldest.value);
  }

  clear(): void {
    this.#answers.clear();
  }
}
