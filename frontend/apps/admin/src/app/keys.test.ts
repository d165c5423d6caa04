import { describe, expect, it } from 'vitest';
import { KeyReader, type KeyPress, isSend, latinKey } from './keys';

const press = (part: Partial<KeyPress> & { shiftKey?: boolean }): KeyPress & { shiftKey?: boolean } => ({
  key: '',
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  keyCode: 0,
  ...part,
});

describe('reading keys', () => {
  it('knows letters, arrows and digits', () => {
    const reader = new KeyReader();
    expect(reader.read(press({ key: 'j', code: 'KeyJ' }), 0)).toBe('next');
    expect(reader.read(press({ key: 'ArrowUp', code: 'ArrowUp' }), 0)).toBe('previous');
    expect(reader.read(press({ key: '3', code: 'Digit3' }), 0)).toBe('tab3');
    expect(reader.read(press({ key: '?', code: 'Slash', shiftKey: true }), 0)).toBe('help');
  });

  it('falls back to the physical key while a Chinese input mode is on', () => {
    expect(latinKey(press({ key: 'ㄨ', code: 'KeyJ' }))).toBe('j');
    expect(latinKey(press({ key: 'Process', code: 'KeyR' }))).toBe('r');
    expect(latinKey(press({ key: '？', code: 'Slash', shiftKey: true }))).toBe('?');
  });

  it('follows the letter, not the position, on other Latin layouts', () => {
    expect(latinKey(press({ key: 'j', code: 'KeyC' }))).toBe('j');
  });

  it('does nothing while composing', () => {
    const reader = new KeyReader();
    expect(reader.read(press({ key: 'j', code: 'KeyJ', isComposing: true }), 0)).toBeUndefined();
    expect(reader.read(press({ key: 'Enter', code: 'Enter', keyCode: 229 }), 0)).toBeUndefined();
  });

  it('leaves the browser its own combinations', () => {
    expect(new KeyReader().read(press({ key: 'r', code: 'KeyR', ctrlKey: true }), 0)).toBeUndefined();
  });

  it('reads two keys in a row, for a moment', () => {
    const reader = new KeyReader();
    expect(reader.read(press({ key: 'g', code: 'KeyG' }), 0)).toBeUndefined();
    expect(reader.read(press({ key: 's', code: 'KeyS' }), 500)).toBe('shops');
    reader.read(press({ key: 'g', code: 'KeyG' }), 1_000);
    expect(reader.read(press({ key: 's', code: 'KeyS' }), 9_000)).toBe('snooze');
  });
});

describe('sending', () => {
  it('takes Ctrl+Enter or Cmd+Enter', () => {
    expect(isSend(press({ key: 'Enter', ctrlKey: true }))).toBe(true);
    expect(isSend(press({ key: 'Enter', metaKey: true }))).toBe(true);
    expect(isSend(press({ key: 'Enter' }))).toBe(false);
  });

  it('never happens while composing', () => {
    expect(isSend(press({ key: 'Enter', ctrlKey: true, isComposing: true }))).toBe(false);
    expect(isSend(press({ key: 'Enter', ctrlKey: true, keyCode: 229 }))).toBe(false);
  });
});
