import type { MenuItem } from '../ui/Menu.svelte';
import type { Desk } from './desk.svelte';
import { t } from './i18n.svelte';
import { toasts } from './toasts.svelte';

/** Whether there is a switch: the agent serves here, and others do too. */
export function hasSwitch(desk: Desk): boolean {
  return desk.profile?.single_agent === false && desk.profile.me.service && desk.presence.view !== undefined;
}

/** Turns the switch 接收會話分配 over; where the API refuses it springs back, and that is said. */
export async function turnReceiving(desk: Desk): Promise<void> {
  if (desk.presence.busy) return;
  try {
    await desk.presence.turn(!desk.presence.receiving);
    void desk.list.poll();
  } catch {
    toasts.show(t('receiving.failed'), { bad: true });
  }
}

/** The switch in words, for the phone's menu. */
export function receivingItems(desk: Desk): MenuItem[] {
  const { view, receiving } = desk.presence;
  if (!hasSwitch(desk) || !view) return [];
  return [
    { heading: t('receiving.load', { load: view.load, capacity: view.capacity }) },
    { label: t('receiving.on'), checked: receiving, run: () => void turnReceiving(desk) },
    { heading: t('receiving.hint') },
    'line',
  ];
}
