import type { Header, ListName, Row } from '@kefu/api';
import type { Desk } from '../app/desk.svelte';

/**
 * Other inquiries of the same customer name that this agent can see. The API has the last word: it refuses
 * to merge inquiries of two customers who share a name.
 */
export async function mergeCandidates(desk: Desk, inquiry: Header): Promise<Row[]> {
  const lists: ListName[] = desk.supervises ? ['all', 'history'] : ['mine', 'unassigned', 'history'];
  const shown = lists.filter((list) => list !== 'unassigned' || desk.profile?.single_agent === false);
  const pages = await Promise.all(shown.map((list) => desk.api.list(desk.shop, { list, limit: 50 })));
  const rows = new Map([...desk.list.rows, ...pages.flatMap((page) => page.inquiries)].map((row) => [row.id, row]));
  rows.delete(inquiry.id);
  return [...rows.values()]
    .filter(({ customer }) => customer === inquiry.customer.name)
    .toSorted((a, b) => b.last_message_at.localeCompare(a.last_message_at));
}
