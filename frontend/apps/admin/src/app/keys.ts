/** Single-key shortcuts. They are off in fields, while composing, with modifiers, and when turned off. */
export type KeyName =
  | 'next'
  | 'previous'
  | 'open'
  | 'reply'
  | 'note'
  | 'assign'
  | 'transfer'
  | 'close'
  | 'flag'
  | 'snooze'
  | 'select'
  | 'filter'
  | 'escape'
  | 'undo'
  | 'help'
  | 'inbox'
  | 'shops'
  | 'orders'
  | 'refunds'
  | `tab${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`;

export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing' | 'keyCode'>;

const SINGLE: Record<string, KeyName> = {
  j: 'next',
  ArrowDown: 'next',
  k: 'previous',
  ArrowUp: 'previous',
  Enter: 'open',
  o: 'open',
  r: 'reply',
  n: 'note',
  a: 'assign',
  t: 'transfer',
  e: 'close',
  f: 'flag',
  s: 'snooze',
  x: 'select',
  '/': 'filter',
  z: 'undo',
  '?': 'help',
  Escape: 'escape',
  '1': 'tab1',
  '2': 'tab2',
  '3': 'tab3',
  '4': 'tab4',
  '5': 'tab5',
  '6': 'tab6',
  '7': 'tab7',
  '8': 'tab8',
  '9': 'tab9',
};

const AFTER_G: Record<string, KeyName> = { i: 'inbox', s: 'shops', o: 'orders', r: 'refunds' };

const SEQUENCE_MS = 1_500;

/** Chinese input modes give Enter, letters and the like to the composition first; Safari tells only by code 229. */
export function isComposing(press: Pick<KeyPress, 'isComposing' | 'keyCode'>): boolean {
  return press.isComposing || press.keyCode === 229;
}

/** The key as on a Latin layout: where the input mode gives another character, the physical key decides. */
export function latinKey(press: Pick<KeyPress, 'key' | 'code'> & { shiftKey?: boolean }): string {
  const { key, code } = press;
  if (key.length > 1 && key !== 'Process' && key !== 'Unidentified') return key;
  if (key.length === 1 && key.charCodeAt(0) < 128) return key.toLowerCase();
  if (code.startsWith('Key')) return code.slice(3).toLowerCase();
  if (code.startsWith('Digit')) return code.slice(5);
  if (code === 'Slash') return press.shiftKey ? '?' : '/';
  return key;
}

/** Ctrl+Enter or Cmd+Enter, and no composition is going on. */
export function isSend(press: KeyPress): boolean {
  return press.key === 'Enter' && (press.ctrlKey || press.metaKey) && !press.altKey && !isComposing(press);
}

/** Turns key presses into names; remembers a `g` for a moment. */
export class KeyReader {
  #pendingUntil = 0;

  read(press: KeyPress & { shiftKey?: boolean }, now: number): KeyName | undefined {
    if (isComposing(press) || press.ctrlKey || press.metaKey || press.altKey) return undefined;
    const key = latinKey(press);
    if (now < this.#pendingUntil) {
      this.#pendingUntil = 0;
      if (AFTER_G[key]) return AFTER_G[key];
    }
    if (key === 'g') {
      this.#pendingUntil = now + SEQUENCE_MS;
      return undefined;
    }
    return SINGLE[key];
  }
}
