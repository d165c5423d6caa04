import type { Agent, Agents, DeskChange } from '@kefu/api';
import type { Desk } from '../app/desk.svelte';
import { t } from '../app/i18n.svelte';
import { toasts } from '../app/toasts.svelte';
import type { Actions } from '../conversation/actions';

/** The shop's agents as the settings show and change them. */
export class AgentList {
  data = $state.raw<Agents | undefined>();
  failed = $state(false);
  /** Changes go one after the other, each on top of those before it. */
  #turn: Promise<void> = Promise.resolve();
  #waiting = 0;
  readonly #desk: Desk;
  readonly #actions: Actions;

  constructor(desk: Desk, actions: Actions) {
    this.#desk = desk;
    this.#actions = actions;
    void this.load();
  }

  async load(): Promise<void> {
    this.failed = false;
    try {
      this.data = await this.#desk.api.agents(this.#desk.shop);
    } catch {
      this.failed = true;
    }
  }

  /** Shows the change at once, so that the next one can be made; what the API refuses goes back. */
  change(agent: string, change: DeskChange): void {
    this.#show(agent, change);
    this.#waiting++;
    this.#turn = this.#turn.then(() => this.#save(agent, change));
  }

  #show(agent: string, change: DeskChange): void {
    if (!this.data) return;
    const changed = (one: Agent): Agent => (one.id === agent ? ({ ...one, ...change } as Agent) : one);
    this.data = { ...this.data, agents: this.data.agents.map(changed) };
  }

  async #save(agent: string, change: DeskChange): Promise<void> {
    try {
      await this.#desk.api.changeDesk(this.#desk.shop, agent, change);
      if (this.#waiting === 1) toasts.show(t('settings.saved'));
    } catch (error) {
      this.#actions.complain(error);
    }
    this.#waiting--;
    if (this.#waiting === 0) await this.load();
  }
}
