import type { Row } from '@kefu/api';
import type { Desk } from '../app/desk.svelte';
import type { KeyName } from '../app/keys';
import { fresh, go, route } from '../app/nav.svelte';
import { toasts } from '../app/toasts.svelte';
import type { Actions } from '../conversation/actions';
import { canSnooze } from '../conversation/menus';
import { stepFrom } from './step';
import { visibleTabs } from './tabs';

const SETTLE_MS = 120;
const EVERYWHERE = new Set<KeyName>(['undo', 'help', 'shops', 'inbox', 'orders', 'refunds']);

/** What each shortcut does. Holding `j` moves at once and opens what it comes to rest on. */
export class Keyboard {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = 0;
  readonly #taking = new Set<string>();
  readonly #desk: Desk;
  readonly #actions: Actions;
  readonly #wide: () => boolean;

  constructor(desk: Desk, actions: Actions, wide: () => boolean) {
    this.#desk = desk;
    this.#actions = actions;
    this.#wide = wide;
  }

  /** True where the key meant something here. */
  run(name: KeyName): boolean {
    const header = this.#desk.open?.header();
    switch (name) {
      case 'next':
        return this.#move(1);
      case 'previous':
        return this.#move(-1);
      case 'open':
        return this.#openOrTake();
      case 'reply':
      case 'note':
        this.#desk.open?.write(name);
        return header !== undefined;
      case 'assign':
      case 'transfer':
      case 'close':
        return header ? (this.#actions.ask(name, header), true) : false;
      case 'snooze':
        if (!header || !canSnooze(header)) return false;
        this.#desk.open?.snoozeMenu();
        return true;
      case 'flag':
        this.#desk.open?.flagMenu();
        return header !== undefined;
      case 'select':
        return this.#select();
      case 'filter':
        this.#desk.filtersOpen = !this.#desk.filtersOpen;
        return true;
      case 'undo':
        return toasts.undoLatest();
      case 'help':
        this.#desk.dialog = { kind: 'keys' };
        return true;
      case 'shops':
        this.#desk.shopsOpen = true;
        return true;
      case 'inbox':
        void go(fresh('active'));
        return true;
      case 'orders':
        void go({ work: { on: 'orders', list: 'to_ship' } });
        return true;
      case 'refunds':
        void go({ work: { on: 'refunds', tab: 'pending' } });
        return true;
      case 'escape':
        return this.#back();
      default:
        return this.#tab(Number(name.slice(3)));
    }
  }

  /** On a page over the inbox: what holds everywhere, and what the page knows. */
  runElsewhere(name: KeyName): boolean {
    return EVERYWHERE.has(name) ? this.run(name) : (this.#desk.keys?.(name) ?? false);
  }

  #move(by: 1 | -1): boolean {
    const { rows } = this.#desk.list;
    const current = this.#desk.cursor ?? route().inquiry;
    const at = stepFrom(
      rows.map(({ id }) => id),
      current,
      this.#last,
      by,
    );
    const id = rows[at]?.id;
    if (id === undefined) return false;
    this.#last = at;
    this.#desk.cursor = id;
    clearTimeout(this.#timer);
    if (this.#wide()) this.#timer = setTimeout(() => void this.#show(id), SETTLE_MS);
    return true;
  }

  #show(id: string): Promise<void> {
    return go({ inquiry: id }, { replace: route().inquiry !== undefined });
  }

  #openOrTake(): boolean {
    const id = this.#desk.cursor ?? route().inquiry;
    const row = this.#desk.list.rows.find((candidate) => candidate.id === id);
    if (!row) return false;
    clearTimeout(this.#timer);
    if (route().tab === 'unassigned') void this.#take(row);
    else void this.#show(row.id);
    return true;
  }

  /** Whoever is faster has it; then there is nothing to open, and the row goes. */
  async #take(row: Row): Promise<void> {
    if (this.#taking.has(row.id)) return;
    this.#taking.add(row.id);
    const [taken] = await Promise.all([this.#actions.assign(row, undefined, this.#desk.me), this.#show(row.id)]);
    this.#taking.delete(row.id);
    const left = !taken && !this.#desk.list.rows.some(({ id }) => id === row.id);
    if (left && route().inquiry === row.id) void go({ inquiry: undefined }, { replace: true });
  }

  #select(): boolean {
    const id = this.#desk.cursor ?? route().inquiry;
    if (!id || !this.#desk.list.rows.some((row) => row.id === id)) return false;
    if (!this.#desk.selected.delete(id)) this.#desk.selected.add(id);
    return true;
  }

  #back(): boolean {
    if (this.#desk.filtersOpen) this.#desk.filtersOpen = false;
    else if (this.#desk.selected.size > 0) this.#desk.selected.clear();
    else if (route().inquiry) void go({ inquiry: undefined });
    else return false;
    return true;
  }

  #tab(number: number): boolean {
    const tabs = visibleTabs(this.#desk.counts, this.#desk.profile?.single_agent ?? false, this.#desk.supervises);
    const entry = tabs[number - 1];
    if (!entry) return false;
    void go(fresh(entry.tab));
    return true;
  }
}
