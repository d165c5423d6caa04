import { ApiError, type Entry, type Header, type Then, isTransient, newKey } from '@kefu/api';
import type { Desk } from '../app/desk.svelte';
import { t } from '../app/i18n.svelte';
import { clock } from '../app/clock.svelte';
import { local } from '../app/storage';
import { toasts } from '../app/toasts.svelte';
import type { Actions } from './actions';
import { type Aim, type Attempt, type Mode, type Place, repeatable } from './drafts';

export const MAX_TEXT = 10_000;
const THEN = 'kefu.then';

/** The reply box of one inquiry: its two texts, what is being sent, and what came back. */
export class Sending {
  text = $state('');
  mode = $state<Mode>('reply');
  then = $state<Then>(local.get(THEN) === 'keep_open' ? 'keep_open' : 'done');
  busy = $state(false);
  problem = $state<string | undefined>();
  /** What was written meanwhile, when the API said that the inquiry moved on. */
  news = $state.raw<Entry[] | undefined>();
  saved = $state(false);
  /** Whom a note asks: `agent …`, `department …`, or nobody. */
  asks = $state('');
  /** The question that a note answers. */
  answers = $state<number | undefined>();

  #attempt: Attempt | undefined;
  readonly #desk: Desk;
  readonly #actions: Actions;
  readonly #id: string;

  constructor(desk: Desk, actions: Actions, id: string) {
    this.#desk = desk;
    this.#actions = actions;
    this.#id = id;
    this.#load();
  }

  get #place(): Place {
    return { agent: this.#desk.me, shop: this.#desk.shop, inquiry: this.#id, mode: this.mode };
  }

  get length(): number {
    return [...this.text].length;
  }

  get ready(): boolean {
    return !this.busy && this.text.trim() !== '' && this.length <= MAX_TEXT;
  }

  switchTo(mode: Mode): void {
    if (mode === this.mode || this.busy) return;
    this.mode = mode;
    this.#load();
  }

  choose(then: Then): void {
    this.then = then;
    local.set(THEN, then);
  }

  /** Every keystroke is kept on this device. */
  type(text: string): void {
    this.text = text;
    this.problem = undefined;
    this.#keep();
  }

  #load(): void {
    const draft = this.#desk.drafts.read(this.#place);
    this.text = draft?.text ?? '';
    this.#attempt = draft?.attempt;
    this.saved = this.text !== '';
    this.problem = undefined;
    this.news = undefined;
  }

  #keep(): void {
    const attempt = this.#attempt;
    const draft = { text: this.text, at: clock.read(), ...(attempt ? { attempt } : {}) };
    this.saved = this.#desk.drafts.write(this.#place, draft) && this.text !== '';
  }

  /** Sends the reply or saves the note. The text leaves the box only when the API has it. */
  async send(inquiry: Header): Promise<void> {
    if (!this.ready) return;
    this.busy = true;
    this.problem = undefined;
    const attempt = this.#prepare(inquiry);
    const next = this.#actions.following(inquiry.id);
    try {
      await this.#post(attempt);
      this.#sent(attempt.aim);
      if (attempt.then === 'done') next();
    } catch (error) {
      this.#refused(error);
    } finally {
      this.busy = false;
    }
  }

  /** The same command again has the same key and version; anything else is a new one. */
  #prepare(inquiry: Header): Attempt {
    const then = this.mode === 'reply' ? this.then : undefined;
    const aim = this.mode === 'note' ? this.#aim() : {};
    const again = repeatable(this.#attempt, this.text, then, aim);
    const { version } = inquiry;
    const attempt = again ?? { key: newKey(), version, text: this.text, ...(then ? { then } : {}), aim };
    this.#attempt = attempt;
    this.#keep();
    return attempt;
  }

  #post({ key, version = 0, text, then, aim }: Attempt): Promise<unknown> {
    const subject = { id: this.#id, version };
    if (then) return this.#actions.send('reply', subject, { text, then }, key);
    return this.#actions.send('notes', subject, { text, ...aim }, key);
  }

  #aim(): Aim {
    if (this.answers !== undefined) return { answers: this.answers };
    const [kind, ...name] = this.asks.split(' ');
    if (kind === 'agent') return { ask: { agent: name.join(' ') } };
    return kind === 'department' ? { ask: { department: name.join(' ') } } : {};
  }

  /** What is said once it is there. */
  #said({ ask, answers }: Aim): string {
    if (this.mode === 'reply') return t('box.sent');
    if (answers !== undefined) return t('box.answered');
    return ask ? t('box.asked', { who: ask.department ?? this.#desk.nameOf(ask.agent) }) : t('box.note_saved');
  }

  #sent(aim: Aim = {}): void {
    this.asks = '';
    this.answers = undefined;
    this.#desk.drafts.remove(this.#place);
    this.#attempt = undefined;
    this.text = '';
    this.saved = false;
    this.news = undefined;
    toasts.show(this.#said(aim));
    void this.#desk.list.poll();
  }

  #refused(error: unknown): void {
    if (!isTransient(error)) this.#attempt = undefined;
    this.#keep();
    if (error instanceof ApiError && error.movedOn) {
      this.news = error.entries;
      return;
    }
    this.problem = error instanceof ApiError && error.status < 500 ? error.message : t('box.no_answer');
  }
}
