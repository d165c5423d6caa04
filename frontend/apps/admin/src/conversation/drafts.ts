import type { Then } from '@kefu/api';
import type { Store } from '../app/storage';

export type Mode = 'reply' | 'note';

/** Whom a note asks, or which question it answers. */
export type Aim = { ask?: { agent?: string; department?: string }; answers?: number };

/** What a send named, kept so that trying again (after a reload, too) is the same command and not a second one. */
export type Attempt = { key: string; version?: number; text: string; then?: Then; aim?: Aim };
export type Draft = { text: string; at: number; attempt?: Attempt };

export type Place = { agent: string; shop: string; inquiry: string; mode: Mode };

const PREFIX = 'kefu.draft/';
const KEPT_MS = 60 * 24 * 60 * 60 * 1000;

/** Drafts on this device, by agent, shop, inquiry and box. */
export class Drafts {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  read(place: Place): Draft | undefined {
    return parse(this.#store.get(name(place)));
  }

  /** Keeps the text at once. False where the browser refuses to store it. */
  write(place: Place, draft: Draft): boolean {
    if (draft.text === '' && !draft.attempt) {
      this.#store.remove(name(place));
      return true;
    }
    return this.#store.set(name(place), JSON.stringify(draft));
  }

  remove(place: Place): void {
    this.#store.remove(name(place));
  }

  /** Forgets what nobody came back to. */
  tidy(now: number): void {
    for (const key of this.#store.keys()) {
      if (!key.startsWith(PREFIX)) continue;
      const draft = parse(this.#store.get(key));
      if (!draft || now - draft.at > KEPT_MS) this.#store.remove(key);
    }
  }
}

/** The attempt to repeat, or nothing where what would be sent is no longer the same. */
export function repeatable(attempt: Attempt | undefined, text: string, then?: Then, aim: Aim = {}): Attempt | undefined {
  return attempt && attempt.text === text && attempt.then === then && sameAim(attempt.aim ?? {}, aim) ? attempt : undefined;
}

/** A text with another put in at the caret, and the caret behind it. Latin words are kept apart by a space. */
export function inserted(text: string, piece: string, caret: number): { text: string; at: number } {
  const [before, after] = [text.slice(0, caret), text.slice(caret)];
  const apart = (one: string, other: string) => (/[\w)]$/.test(one) && /^[\w(]/.test(other) ? ' ' : '');
  const head = before + apart(before, piece) + piece;
  return { text: head + apart(piece, after) + after, at: head.length };
}

function sameAim(one: Aim, other: Aim): boolean {
  const { agent, department } = one.ask ?? {};
  return one.answers === other.answers && agent === other.ask?.agent && department === other.ask?.department;
}

function name({ agent, shop, inquiry, mode }: Place): string {
  return PREFIX + [agent, shop, inquiry, mode].map(encodeURIComponent).join('/');
}

function parse(saved: string | null): Draft | undefined {
  if (saved === null) return undefined;
  try {
    const draft: unknown = JSON.parse(saved);
    return isDraft(draft) ? draft : undefined;
  } catch {
    return undefined;
  }
}

function isDraft(value: unknown): value is Draft {
  return typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string' && 'at' in value;
}
