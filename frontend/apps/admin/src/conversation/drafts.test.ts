import { beforeEach, describe, expect, it } from 'vitest';
import { store } from '../app/storage';
import { Drafts, type Place, inserted, repeatable } from './drafts';

const place: Place = { agent: 'mia', shop: 'taipei', inquiry: 'inq_1', mode: 'reply' };
const DAY = 86_400_000;
let items: Map<string, string>;
let drafts: Drafts;

beforeEach(() => {
  items = new Map();
  const fake = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
  const backing = new Proxy(fake, { ownKeys: () => [...items.keys()], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) });
  drafts = new Drafts(store(() => backing as unknown as Storage));
});

describe('drafts', () => {
  it('are kept by agent, shop, inquiry and box', () => {
    drafts.write(place, { text: '您好', at: 1 });
    expect(drafts.read(place)?.text).toBe('您好');
    for (const other of [{ agent: 'leo' }, { shop: 'lantern' }, { inquiry: 'inq_2' }, { mode: 'note' as const }]) {
      expect(drafts.read({ ...place, ...other })).toBeUndefined();
    }
  });

  it('vanish when emptied', () => {
    drafts.write(place, { text: '您好', at: 1 });
    drafts.write(place, { text: '', at: 2 });
    expect(items.size).toBe(0);
  });

  it('survive damage and old age sensibly', () => {
    drafts.write(place, { text: 'new', at: 100 * DAY });
    drafts.write({ ...place, inquiry: 'inq_old' }, { text: 'old', at: 1 });
    items.set('kefu.draft/broken', '{');
    items.set('something.else', 'kept');
    drafts.tidy(101 * DAY);
    expect([...items.keys()].toSorted()).toEqual(['kefu.draft/mia/taipei/inq_1/reply', 'something.else']);
  });

  it('say so when the browser refuses', () => {
    const full = new Drafts(
      store(() => {
        throw new Error('blocked');
      }),
    );
    expect(full.write(place, { text: 'x', at: 1 })).toBe(false);
    expect(full.read(place)).toBeUndefined();
  });
});

describe('an attempt', () => {
  const attempt = { key: 'k', version: 3, text: 'hi', then: 'done' as const };

  it('is repeated with its key only while it is the same command', () => {
    expect(repeatable(attempt, 'hi', 'done')).toBe(attempt);
    expect(repeatable(attempt, 'hi!', 'done')).toBeUndefined();
    expect(repeatable(attempt, 'hi', 'keep_open')).toBeUndefined();
  });

  it('is another one when a note asks somebody else, or answers another question', () => {
    const asked = { key: 'k', text: 'hi', aim: { ask: { agent: 'leo' } } };
    expect(repeatable(asked, 'hi', undefined, { ask: { agent: 'leo' } })).toBe(asked);
    expect(repeatable(asked, 'hi', undefined, { ask: { agent: 'mia' } })).toBeUndefined();
    expect(repeatable(asked, 'hi', undefined, { ask: { department: 'leo' } })).toBeUndefined();
    expect(repeatable(asked, 'hi')).toBeUndefined();
    const answering = { key: 'k', text: 'hi', aim: { answers: 3 } };
    expect(repeatable(answering, 'hi', undefined, { answers: 3 })).toBe(answering);
    expect(repeatable(answering, 'hi', undefined, { answers: 4 })).toBeUndefined();
  });
});

describe('putting text in', () => {
  it('happens at the caret, which goes behind it', () => {
    expect(inserted('您的訂單已出貨', ' A1001 ', 4)).toEqual({ text: '您的訂單 A1001 已出貨', at: 11 });
    expect(inserted('', 'A1001', 0)).toEqual({ text: 'A1001', at: 5 });
  });

  it('keeps Latin words apart', () => {
    expect(inserted('order is late', 'A1001', 5).text).toBe('order A1001 is late');
    expect(inserted('Tea', 'https://shop.example/t', 3).text).toBe('Tea https://shop.example/t');
  });
});
