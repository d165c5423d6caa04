import { type Locale, isLocale } from '@kefu/i18n';
import { local } from './storage';

export type Theme = 'auto' | 'light' | 'dark';

type Saved = { locale?: Locale; theme: Theme; compact: boolean; shortcuts: boolean; next: boolean; sounds: boolean; notifications: boolean };

const KEY = 'kefu.settings';
const DEFAULTS: Saved = { theme: 'auto', compact: false, shortcuts: true, next: true, sounds: true, notifications: false };

/** A person's own choices on this device. */
class Settings {
  #saved = $state<Saved>(read());

  get locale(): Locale | undefined {
    return this.#saved.locale;
  }
  get theme(): Theme {
    return this.#saved.theme;
  }
  get compact(): boolean {
    return this.#saved.compact;
  }
  get shortcuts(): boolean {
    return this.#saved.shortcuts;
  }
  /** After a reply that finishes, or a close: open the next inquiry of the list. */
  get next(): boolean {
    return this.#saved.next;
  }

  /** A tone for what is new. */
  get sounds(): boolean {
    return this.#saved.sounds;
  }
  /** The browser tells what is new while the page is hidden. */
  get notifications(): boolean {
    return this.#saved.notifications;
  }

  change(part: Partial<Saved>): void {
    this.#saved = { ...this.#saved, ...part };
    local.set(KEY, JSON.stringify(this.#saved));
    this.apply();
  }

  /** Puts the colour scheme on the page. */
  apply(): void {
    const { dataset } = document.documentElement;
    if (this.theme === 'auto') delete dataset['theme'];
    else dataset['theme'] = this.theme;
  }
}

function read(): Saved {
  try {
    const saved = JSON.parse(local.get(KEY) ?? '{}') as Partial<Saved>;
    const merged = { ...DEFAULTS, ...saved };
    if (!isLocale(merged.locale)) delete merged.locale;
    return merged;
  } catch {
    return { ...DEFAULTS };
  }
}

export const settings = new Settings();
