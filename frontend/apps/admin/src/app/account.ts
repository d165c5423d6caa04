import { LOCALES, LOCALE_NAMES } from '@kefu/i18n';
import type { MenuItem } from '../ui/Menu.svelte';
import type { Desk } from './desk.svelte';
import { locale, t, useLocale } from './i18n.svelte';
import { leavePast } from './leaving';
import { go } from './nav.svelte';
import { session } from './session.svelte';
import { settings } from './settings.svelte';

/** The personal menu: language, appearance, habits, leaving. */
export function accountItems(desk: Desk): MenuItem[] {
  return [
    { heading: session.who?.agent.nickname ?? '' },
    { label: t('nav.settings'), icon: 'gear', run: () => void go({ page: 'personal' }) },
    { label: t('nav.keys'), icon: 'keyboard', end: '?', run: () => (desk.dialog = { kind: 'keys' }) },
    'line',
    { heading: t('settings.language') },
    ...LOCALES.map((one) => ({
      label: LOCALE_NAMES[one],
      checked: locale() === one,
      run: () => void useLocale(one),
    })),
    'line',
    { heading: t('settings.theme') },
    ...(['auto', 'light', 'dark'] as const).map((theme) => ({
      label: t(`settings.theme.${theme}`),
      checked: settings.theme === theme,
      run: () => settings.change({ theme }),
    })),
    'line',
    toggle(t('settings.density'), settings.compact, (compact) => settings.change({ compact })),
    toggle(t('settings.shortcuts'), settings.shortcuts, (shortcuts) => settings.change({ shortcuts })),
    toggle(t('settings.next'), settings.next, (next) => settings.change({ next })),
    toggle(t('settings.sounds'), settings.sounds, (sounds) => settings.change({ sounds })),
    'line',
    { label: t('signin.out'), icon: 'back', run: () => signOut(desk) },
  ];
}

/** Whoever signs out is offline at once; that is said while their name still counts. */
function signOut(desk: Desk): void {
  leavePast(() => {
    desk.presence.leave();
    void session.signOut();
  });
}

function toggle(label: string, checked: boolean, change: (on: boolean) => void): MenuItem {
  return { label, checked, run: () => change(!checked) };
}
