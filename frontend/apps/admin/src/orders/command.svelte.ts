import { ApiError, type OpenedOrder, type Order, type OrderChanged, type OrderCommand, isTransient, newKey } from '@kefu/api';
import type { Desk } from '../app/desk.svelte';
import { t } from '../app/i18n.svelte';
import { session } from '../app/session.svelte';

export function orderKey(shop: string, number: string): readonly string[] {
  return ['order', shop, number];
}

/** What a lost attempt named: trying the same again is that command and not a second one. */
type Attempt = { key: string; version: number; said: string };

/** One form's command on an order. Nothing is shown as done before the API said so. */
export class Command {
  busy = $state(false);
  problem = $state<string | undefined>();
  /** Somebody was faster: the order on the screen is the newest now. */
  moved = $state(false);
  #attempt: Attempt | undefined;
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  run(order: Order, command: OrderCommand): Promise<OrderChanged | undefined> {
    const { orders, shop } = this.#desk;
    return this.#try(order, command, async ({ key, version }) => {
      const changed = await orders.command(shop, { number: order.number, version }, command, key);
      this.#show(changed);
      return changed;
    });
  }

  /** Opens an inquiry with the buyer; gives its id. */
  contact(order: Order, body: { text: string; subject?: string }): Promise<string | undefined> {
    const { orders, shop } = this.#desk;
    return this.#try(order, body, ({ key }) => orders.contact(shop, order.number, body, key));
  }

  async #try<T>(order: Order, said: object, send: (attempt: Attempt) => Promise<T>): Promise<T | undefined> {
    if (this.busy) return undefined;
    this.busy = true;
    this.problem = undefined;
    this.moved = false;
    const words = JSON.stringify(said);
    const attempt = this.#attempt?.said === words ? this.#attempt : { key: newKey(), version: order.version, said: words };
    this.#attempt = attempt;
    try {
      const result = await send(attempt);
      this.#attempt = undefined;
      return result;
    } catch (error) {
      this.#refused(error);
      return undefined;
    } finally {
      this.busy = false;
    }
  }

  #refused(error: unknown): void {
    session.noticed(error);
    if (!isTransient(error)) this.#attempt = undefined;
    if (!(error instanceof ApiError) || error.status >= 500) {
      this.problem = t('box.no_answer');
      return;
    }
    if (error.order) this.#show({ order: error.order, entries: [] });
    this.moved = error.orderMovedOn;
    const fields = error.fields.map(({ detail }) => detail).filter(Boolean);
    this.problem = error.orderMovedOn ? t('orders.moved_on') : [...new Set([error.message, ...fields])].join(' ');
  }

  /** Puts the order's new state on every screen that shows it. */
  #show({ order, entries }: OrderChanged): void {
    const { client, shop } = this.#desk;
    const key = orderKey(shop, order.number);
    client.setQueryData<OpenedOrder>(key, (held) => held && withChange(held, { order, entries }));
    if (entries.length === 0) void client.invalidateQueries({ queryKey: key });
    void client.invalidateQueries({ queryKey: ['workbench', shop] });
    void this.#desk.countRefunds();
    void this.#desk.refreshPage?.(true);
    void this.#desk.open?.refresh();
  }
}

/** An order with a command's result at its end; an older state never covers a newer one. */
export function withChange(held: OpenedOrder, { order, entries }: OrderChanged): OpenedOrder {
  const all = new Map([...held.entries, ...entries].map((entry) => [entry.seq, entry]));
  const newest = order.version >= held.order.version ? order : held.order;
  return { ...held, order: newest, entries: [...all.values()].toSorted((a, b) => a.seq - b.seq) };
}
