import type { Agent, Category, Warning } from '@kefu/api';
import type { MessageKey } from '@kefu/i18n';

/** What speaks against giving an agent an inquiry; it can be given all the same. */
export function placeWarnings(place: Agent | undefined): Warning[] {
  if (!place) return [];
  const all: [boolean, Warning][] = [
    [!place.online, 'offline'],
    [!place.receiving, 'not_receiving'],
    [place.load >= place.capacity, 'full'],
  ];
  return all.filter(([so]) => so).map(([, warning]) => warning);
}

/** What else there is to say of an agent's place, with an inquiry of that category in hand. */
export function placeParts(place: Agent, category?: Category): MessageKey[] {
  const parts: MessageKey[] = [];
  if (category && place.categories.includes(category)) parts.push('agent.responsible');
  if (place.on_duty !== undefined) parts.push(place.on_duty ? 'agent.on_duty' : 'agent.off_duty');
  if (!place.receiving) parts.push('agent.is_not_receiving');
  return parts;
}
