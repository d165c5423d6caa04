import type { Agents, DeskChange } from '@kefu/api';
import type { Desk } from '../app/desk.svelte';
import { t } from '../app/i18n.svelte';
import { toasts } from '../app/toasts.svelte';
import type { Actions } from '../conversation/actions';

/** The shop's agents as the settings show and change them. */
export class AgentList {
  data = $state.raw<Agents | undefined>();
  failed = $state(false);
  /** Whose desk is being saved. */
  busy = $state<string | undefined>();
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

  async change(agent: string, change: DeskChange): Promise<void> {
    this.busy = agent;
    try {
      await this.#desk.api.changeDesk(this.#desk.shop, agent, change);
      toasts.show(t('settings.saved'));
    } catch (error) {
      this.#actions.complain(error);
    }
    await this.load();
    this.busy = undefined;
  }
}
