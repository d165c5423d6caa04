import { t } from './i18n.svelte';
import type { Desk } from './desk.svelte';

/** Whether an agent's page is open, as the last poll told; unknown where presence means nothing. */
export function isOnline(desk: Desk, agent: string): boolean | undefined {
  const { view } = desk.presence;
  if (!view || desk.profile?.single_agent !== false) return undefined;
  return agent === desk.me || view.colleagues.some((colleague) => colleague.agent === agent);
}

/** An agent's name, with whether they are online where that is known: 「小米（離線）」. */
export function nameWithState(desk: Desk, agent: string): string {
  const name = desk.nameOf(agent);
  const online = isOnline(desk, agent);
  return online === undefined ? name : t('agent.named', { name, state: t(online ? 'agent.online' : 'agent.offline') });
}
