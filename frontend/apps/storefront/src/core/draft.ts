interface Kept<T> {
  values?: T
  /** The submission on its way: trying it again must carry the same key, another text must not. */
  attempt?: { key: string; body: string }
}

/**
 * What somebody typed and has not sent yet. Survives errors, and reloads of the tab where storage is allowed; hands
 * out the Idempotency-Key, so that a submission repeated after a lost answer is recognised by the server.
 */
export class Draft<T> {
  private kept: Kept<T> = {}

  constructor(private readonly name: string) {
    try {
      this.kept = JSON.parse(sessionStorage.getItem(name) ?? '{}')
    } catch {
      // Storage forbidden, or not ours: begin afresh.
    }
  }

  get values(): T | undefined {
    return this.kept.values
  }

  save(values: T): void {
    this.keep({ ...this.kept, values })
  }

  keyFor(body: unknown): string {
    const text = JSON.stringify(body)
    const { attempt } = this.kept
    if (attempt?.body === text) return attempt.key
    const key = freshKey()
    this.keep({ ...this.kept, attempt: { key, body: text } })
    return key
  }

  clear(): void {
    this.keep({})
  }

  private keep(kept: Kept<T>): void {
    this.kept = kept
    try {
      sessionStorage.setItem(this.name, JSON.stringify(kept))
    } catch {
      // Full or forbidden: the text still stands in the field.
    }
  }
}

/** 128 random bits; `crypto.randomUUID` is missing outside secure contexts. */
export const freshKey = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-')

/** Whose draft it is, so that the next person signed in in this tab does not find it. Not a check of the token. */
export function ownerOf(token = ''): string {
  try {
    const payload = token.split('.')[1] ?? ''
    return JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/'))).sub ?? ''
  } catch {
    return ''
  }
}
