import { ApiError, type CommandName, type CommandResult, type Commands, type Conversation, type Header } from '@kefu/api';
import type { MessageKey } from '@kefu/i18n';
import { exactTime } from '@kefu/i18n/time';
import { createContext } from 'svelte';
import type { Desk, Subject } from '../app/desk.svelte';
import { locale, t } from '../app/i18n.svelte';
import { go, route } from '../app/nav.svelte';
import { session } from '../app/session.svelte';
import { settings } from '../app/settings.svelte';
import { toasts } from '../app/toasts.svelte';
import { neighbour } from '../inbox/step';
import { withResult } from './timeline';

export function conversationKey(shop: string, id: string): readonly string[] {
  return ['inquiry', shop, id];
}

/** Commands of the agent: each is sent with the version that was seen, shown at once, and undone where it is safe. */
export class Actions {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Sends a command and shows its result. Throws what the API refuses. */
  async send<N extends CommandName>(
    name: N,
    subject: Subject,
    body: Commands[N],
    key?: string,
  ): Promise<CommandResult> {
    const { shop, api } = this.#desk;
    const options = { ...(name === 'notes' ? {} : { version: subject.version }), ...(key ? { key } : {}) };
    try {
      const result = await api.command(shop, subject.id, name, body, options);
      this.show(result, name === 'notes');
      return result;
    } catch (error) {
      session.noticed(error);
      // What another took is gone from where it was taken; what merely changed stays under the eyes.
      if (error instanceof ApiError && error.current) this.show({ inquiry: error.current, entries: error.entries }, !error.taken);
      throw error;
    }
  }

  /** Puts a new state on the screen: in the conversation and in its row. */
  show(result: CommandResult, keepRow = false): void {
    const { client, shop, list } = this.#desk;
    const key = conversationKey(shop, result.inquiry.id);
    client.setQueryData<Conversation>(key, (held) => withResult(held, result));
    list.apply(result.inquiry, keepRow);
  }

  /** As `send`, with a toast for what happened, and an undo where one is given. */
  async run<N extends CommandName>(
    name: N,
    subject: Subject,
    body: Commands[N],
    said: string | ((result: CommandResult) => string),
    undo?: (now: Subject) => Promise<unknown>,
  ): Promise<CommandResult | undefined> {
    try {
      const result = await this.send(name, subject, body);
      const back = undo && (() => void this.#undo(result.inquiry, undo));
      toasts.show(typeof said === 'string' ? said : said(result), back ? { undo: back } : {});
      void this.#desk.list.poll();
      return result;
    } catch (error) {
      this.complain(error);
      return undefined;
    }
  }

  complain(error: unknown): void {
    if (error instanceof ApiError && error.taken && error.current?.assignee) {
      toasts.show(t('conflict.taken', { name: this.#desk.nameOf(error.current.assignee) }), { bad: true });
      void this.#desk.list.poll();
      return;
    }
    const moved = error instanceof ApiError && error.movedOn;
    if (moved) toasts.show(t('conflict.command'), { bad: true });
    else toasts.show(error instanceof ApiError ? error.message : t('box.no_answer'), { bad: true });
  }

  async #undo(subject: Subject, undo: (now: Subject) => Promise<unknown>): Promise<void> {
    const held = this.#desk.client.getQueryData<Conversation>(conversationKey(this.#desk.shop, subject.id));
    try {
      await undo({ id: subject.id, version: Math.max(subject.version, held?.inquiry.version ?? 0) });
      toasts.show(t('done.undone'));
      void this.#desk.list.poll();
    } catch (error) {
      this.complain(error);
    }
  }

  /** Opens the dialog that a shortcut or a button asks for, or closes at once where nothing needs to be asked. */
  ask(what: 'assign' | 'transfer' | 'close' | 'tags' | 'merge' | 'snooze', inquiry: Header): void {
    if (what === 'close' && inquiry.ended) return;
    if (what === 'close' && !inquiry.waiting_since) void this.close(inquiry, {});
    else this.#desk.dialog = { kind: what, inquiry };
  }

  async assign(subject: Subject, from: string | undefined, to: string | null, note?: string): Promise<boolean> {
    const body = { to, ...(note ? { note } : {}) };
    const back = (now: Subject) => this.send('assign', now, { to: from ?? null });
    const said = ({ warnings = [] }: CommandResult): string => {
      const what = warnings.map((warning) => t(`warn.${warning}`)).join(t('conv.and'));
      return this.#assigned(to) + (what ? t('warn.said', { what }) : '');
    };
    return (await this.run('assign', subject, body, said, back)) !== undefined;
  }

  #assigned(to: string | null): string {
    if (to === null) return t('done.put_back');
    return to === this.#desk.me ? t('done.taken') : t('done.assigned', { name: this.#desk.nameOf(to) });
  }

  async close(inquiry: Header, body: Commands['close']): Promise<boolean> {
    const next = this.following(inquiry.id);
    const back = (now: Subject) => this.send('reopen', now, {});
    const result = await this.run('close', inquiry, body, t('done.closed'), back);
    if (result) next();
    return result !== undefined;
  }

  reopen(inquiry: Header): Promise<unknown> {
    return this.run('reopen', inquiry, {}, t('done.reopened'));
  }

  flag(inquiry: Header, flag: NonNullable<Commands['label']['flag']>): Promise<unknown> {
    const before = inquiry.flag ?? 'none';
    const back = (now: Subject) => this.send('label', now, { flag: before });
    return this.run('label', inquiry, { flag }, t(flag === 'none' ? 'done.unflagged' : 'done.flagged'), back);
  }

  /** Takes a merged inquiry out again; the one that showed it is read anew. */
  async unmerge(inquiry: Subject): Promise<void> {
    await this.run('unmerge', inquiry, {}, t('done.unmerged'));
    await this.#desk.open?.refresh();
  }

  /** Puts it aside until then, or takes it back. */
  async snooze(inquiry: Header, until: string | null): Promise<boolean> {
    const before = inquiry.snoozed_until ?? null;
    const said = until === null ? t('done.unsnoozed') : t('done.snoozed', { time: exactTime(until, locale()) });
    const back = (now: Subject) => this.send('snooze', now, { until: before });
    return (await this.run('snooze', inquiry, { until }, said, back)) !== undefined;
  }

  /** Marks a question answered, without a note. */
  async answered(inquiry: Header, question: number): Promise<void> {
    try {
      this.show(await this.#desk.api.answered(this.#desk.shop, inquiry.id, question));
      toasts.show(t('done.answered'));
      void this.#desk.list.poll();
    } catch (error) {
      session.noticed(error);
      this.complain(error);
    }
  }

  label(inquiry: Header, body: Commands['label'], said: MessageKey): Promise<unknown> {
    return this.run('label', inquiry, body, t(said));
  }

  /** Leaves the inquiry first: one that is open counts as seen. */
  async markUnread(inquiry: Header): Promise<void> {
    await go({ inquiry: undefined });
    await this.run('label', inquiry, { unread: true }, t('done.unread'), () => this.seen(inquiry.id));
  }

  /** Takes the mark of a new message away; nothing is said about it, and the counts follow. */
  async seen(id: string): Promise<void> {
    const { api, shop, list } = this.#desk;
    try {
      this.show(await api.command(shop, id, 'label', { unread: false }), true);
      void list.poll();
    } catch (error) {
      session.noticed(error);
    }
  }

  /** Remembers which inquiry comes after this one, and goes there when called (by the person's setting). */
  following(id: string): () => void {
    const next = neighbour(
      this.#desk.list.rows.map((row) => row.id),
      id,
    );
    return () => {
      if (!settings.next || route().inquiry !== id) return;
      const narrow = matchMedia('(width < 48rem)').matches;
      if (narrow || next !== undefined) void go({ inquiry: narrow ? undefined : next }, { replace: true });
    };
  }
}

export const [useActions, provideActions] = createContext<Actions>();
