import type { BulkAction } from '@kefu/api';
import type { Desk } from '../app/desk.svelte';
import { t } from '../app/i18n.svelte';
import { session } from '../app/session.svelte';
import { toasts } from '../app/toasts.svelte';
import type { Actions } from '../conversation/actions';

/** Does one thing to everything selected. What failed stays selected and is reported item by item. */
export async function runBulk(desk: Desk, actions: Actions, action: BulkAction): Promise<void> {
  const items = desk.picked;
  const names = new Map(desk.list.rows.map((row) => [row.id, `${row.customer} · ${row.subject}`]));
  desk.dialog = undefined;
  try {
    const results = await desk.api.bulk(desk.shop, items, action);
    for (const { id, inquiry } of results) {
      if (!inquiry) continue;
      desk.selected.delete(id);
      actions.show({ inquiry, entries: [] });
    }
    const failed = results.filter(({ problem }) => problem).length;
    if (failed === 0) toasts.show(t('bulk.all_done', { count: results.length }));
    else desk.dialog = { kind: 'bulk-result', results, names };
    await Promise.all([desk.list.poll(), desk.open?.refresh()]);
  } catch (error) {
    session.noticed(error);
    actions.complain(error);
  }
}
