import type { Header } from '@kefu/api';
import type { Desk } from '../app/desk.svelte';
import { clock } from '../app/clock.svelte';
import { locale, t } from '../app/i18n.svelte';
import { CATEGORIES, FLAGS, PRIORITIES } from '../inbox/options';
import type { MenuItem } from '../ui/Menu.svelte';
import type { Actions } from './actions';
import { elsewhere, snoozeTimes, timeOfDay } from './snooze';

export function flagItems(header: Header, actions: Actions): MenuItem[] {
  const colours = FLAGS.map((flag) => ({
    label: t(`flag.${flag}`),
    flag,
    checked: header.flag === flag,
    run: () => void actions.flag(header, flag),
  }));
  if (!header.flag) return colours;
  return [...colours, 'line', { label: t('flag.none'), run: () => void actions.flag(header, 'none') }];
}

/** When it may come back: the times that people mean, by the shop's clocks, or one of their own. */
export function snoozeItems(header: Header, actions: Actions, desk: Desk): MenuItem[] {
  const now = clock.read();
  const zone = desk.zone;
  const times = snoozeTimes(now, zone).map(({ name, at }) => ({
    label: t(`snooze.${name}`),
    end: timeOfDay(at, zone, locale()),
    run: () => void actions.snooze(header, new Date(at).toISOString()),
  }));
  const items: MenuItem[] = [...times, { label: t('snooze.own'), run: () => actions.ask('snooze', header) }];
  if (elsewhere(now, zone)) items.unshift({ heading: t('snooze.zone', { zone }) });
  if (header.snoozed_until) items.push('line', { label: t('snooze.back'), run: () => void actions.snooze(header, null) });
  return items;
}

/** What is over, or shown inside another, comes back by itself. */
export function canSnooze(header: Header): boolean {
  return !header.ended && !header.merged_into;
}

/** What is done seldom: tags, merging, marking unread, another category or priority. */
export function moreItems(header: Header, actions: Actions, desk: Desk): MenuItem[] {
  const items: MenuItem[] = [{ label: t('act.tags'), icon: 'tag', run: () => actions.ask('tags', header) }];
  if (desk.profile?.single_agent === false && !header.merged_into) {
    items.push({ label: t('act.assign'), icon: 'user', end: 'a', run: () => actions.ask('assign', header) });
  }
  if (header.assignee === desk.me && !header.ended) {
    items.push({ label: t('act.mark_unread'), icon: 'mail', run: () => void actions.markUnread(header) });
  }
  if (header.merged_into) {
    items.push({ label: t('act.unmerge'), icon: 'merge', run: () => void actions.unmerge(header) });
  } else if (!header.locked) {
    items.push({ label: t('act.merge'), icon: 'merge', run: () => actions.ask('merge', header) });
  }
  items.push('line', { heading: t('act.change_priority') });
  for (const priority of PRIORITIES) {
    const run = () => void actions.label(header, { priority }, 'done.reprioritized');
    items.push({ label: t(`priority.${priority}`), checked: header.priority === priority, run });
  }
  items.push('line', { heading: t('act.change_category') });
  for (const category of CATEGORIES) {
    const run = () => void actions.label(header, { category }, 'done.recategorized');
    items.push({ label: t(`category.${category}`), checked: header.category === category, run });
  }
  return items;
}
