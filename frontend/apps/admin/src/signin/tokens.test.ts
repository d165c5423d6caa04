import { NetworkError } from '@kefu/api';
import { describe, expect, it, vi } from 'vitest';
import { type Granted, type Renew, Tokens } from './tokens';

const first: Granted = { access: 'a1', refresh: 'r1', seconds: 900 };
const second: Granted = { access: 'a2', refresh: 'r2', seconds: 900 };

function setting(...answers: (Granted | 'ended' | Error)[]) {
  let now = 1_000_000;
  const renew = vi.fn<Renew>(async () => {
    const answer = answers.shift();
    if (answer === undefined) throw new Error('asked too often');
    if (answer instanceof Error) throw answer;
    return answer;
  });
  const ended = vi.fn();
  const tokens = new Tokens(renew, ended, () => now);
  tokens.hold(first);
  return { tokens, renew, ended, pass: (seconds: number) => (now += seconds * 1000) };
}

describe('a token', () => {
  it('is there at once, without waiting, while it is good', () => {
    const { tokens, pass } = setting();
    expect(tokens.current()).toBe('a1');
    pass(839);
    expect(tokens.current()).toBe('a1');
  });

  it('is renewed before its end, once for all who ask', async () => {
    const { tokens, renew, pass } = setting(second);
    pass(841);
    expect(await Promise.all([tokens.current(), tokens.current(), tokens.instead('a1')])).toEqual(['a2', 'a2', 'a2']);
    expect(renew.mock.calls).toEqual([['r1']]);
    expect(tokens.current()).toBe('a2');
  });

  it('is there at once, and not renewed, for what cannot wait', () => {
    const { tokens, renew, pass } = setting();
    pass(841);
    expect(tokens.current(true)).toBe('a1');
    expect(renew).not.toHaveBeenCalled();
  });

  it('that lives a minute is renewed when half of it is over', async () => {
    const { tokens, renew, pass } = setting(second);
    tokens.hold({ access: 'a1', refresh: 'r1', seconds: 60 });
    pass(29);
    expect(tokens.current()).toBe('a1');
    pass(2);
    expect(await tokens.current()).toBe('a2');
    expect(renew).toHaveBeenCalledTimes(1);
  });

  it('is shown as it is while the issuer cannot be reached, and renewed when it can', async () => {
    const { tokens, pass } = setting(new NetworkError('no answer'), second);
    pass(841);
    expect(await tokens.current()).toBe('a1');
    expect(await tokens.current()).toBe('a2');
  });

  it('is gone after a sign-out, also where a renewal was under way', async () => {
    const { tokens, pass } = setting(second);
    pass(841);
    const asked = tokens.current();
    tokens.drop();
    expect(await asked).toBeUndefined();
    expect(tokens.current()).toBeUndefined();
  });

  it('is handed out once more when it is dropped, to be given back', () => {
    const { tokens } = setting();
    expect(tokens.drop()).toMatchObject(first);
    expect(tokens.drop()).toBeUndefined();
  });
});

describe('a refused token', () => {
  it('is replaced', async () => {
    const { tokens } = setting(second);
    expect(await tokens.instead('a1')).toBe('a2');
  });

  it('costs no renewal where it was replaced already', async () => {
    const { tokens, renew } = setting(second);
    await tokens.instead('a1');
    expect(await tokens.instead('a1')).toBe('a2');
    expect(renew).toHaveBeenCalledTimes(1);
  });

  it('ends the sign-in where the issuer gives no other', async () => {
    const { tokens, ended } = setting('ended');
    expect(await tokens.instead('a1')).toBeUndefined();
    expect(ended).toHaveBeenCalledTimes(1);
    expect(tokens.current()).toBeUndefined();
  });

  it('ends nothing where nobody knows', async () => {
    const { tokens, ended } = setting(new NetworkError('no answer'));
    await expect(tokens.instead('a1')).rejects.toThrow(NetworkError);
    expect(ended).not.toHaveBeenCalled();
    expect(tokens.current()).toBe('a1');
  });
});

it('keeps what renews where the issuer does not rotate it', async () => {
  const { tokens, renew } = setting({ access: 'a2', seconds: 900 }, second);
  await tokens.instead('a1');
  await tokens.instead('a2');
  expect(renew.mock.calls).toEqual([['r1'], ['r1']]);
});

it('lives without renewal where the issuer gives none', async () => {
  const { tokens, pass } = setting();
  tokens.hold({ access: 'a1', seconds: 900 });
  pass(901);
  expect(tokens.current()).toBe('a1');
  expect(await tokens.instead('a1')).toBeUndefined();
});

it('keeps who it is where a renewal does not say it anew', async () => {
  const silent = setting(second).tokens;
  silent.hold({ ...first, identity: 'i1' });
  await silent.instead('a1');
  expect(silent.drop()?.identity).toBe('i1');
  const telling = setting({ ...second, identity: 'i2' }).tokens;
  telling.hold({ ...first, identity: 'i1' });
  await telling.instead('a1');
  expect(telling.drop()?.identity).toBe('i2');
});
