import type { Alert } from '@kefu/api';
import { LOCALES, type Translator, createTranslator } from '@kefu/i18n';
import { expect, it, vi } from 'vitest';
import { alertText } from './words';

const { spoken } = vi.hoisted(() => ({ spoken: {} as { now: Translator } }));
vi.mock('../app/i18n.svelte', () => ({ t: (...said: Parameters<Translator['t']>) => spoken.now.t(...said) }));

const translators = await Promise.all(LOCALES.map((locale) => createTranslator(locale)));
const desk = { nameOf: () => '小米' };

it('what has to be looked at is said in every language', () => {
  const kinds: Alert['kind'][] = [
    'overdue', 'expiring', 'unanswered_1_day', 'forgotten', 'snooze_over', 'timed_out', 'question_asked', 'question_answered',
    'decision_needed', 'refund_needs_attention', 'order_cancelled', 'delay_passed',
  ];
  for (const translator of translators) {
    spoken.now = translator;
    const said = kinds.map((kind) => alertText({ kind }, desk));
    expect(said.filter((one) => /alerts\.|alarm\.|\{\{/.test(one))).toEqual([]);
    expect(new Set(said).size).toBe(kinds.length);
  }
});
