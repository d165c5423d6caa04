import type { Alarm, Entry, EventName } from '@kefu/api';
import { LOCALES, type Translator, createTranslator } from '@kefu/i18n';
import { describe, expect, it, vi } from 'vitest';
import { lineText } from './words';

const { spoken } = vi.hoisted(() => ({ spoken: {} as { now: Translator } }));
vi.mock('../app/i18n.svelte', () => ({
  locale: () => spoken.now.locale(),
  t: (...said: Parameters<Translator['t']>) => spoken.now.t(...said),
}));

const translators = await Promise.all(LOCALES.map((locale) => createTranslator(locale)));
const names = (agent: string | undefined) => ({ mia: '小米', leo: '阿樂' })[agent ?? ''] ?? '';

function line(part: Partial<Entry>, by: Entry['by'] = { kind: 'system' }): string[] {
  const entry: Entry = { seq: 2, at: '2026-11-25T01:00:00Z', event: 'assigned', by, ...part };
  return translators.map((translator) => {
    spoken.now = translator;
    return lineText(entry, names);
  });
}

const hant = (...said: Parameters<typeof line>) => line(...said)[LOCALES.indexOf('zh-Hant')];

describe('a line of the timeline', () => {
  it('says why the system gave it to somebody, and how full they are', () => {
    const routed = { because: 'responsible', category: 'payment', load: 3, capacity: 10 } as const;
    expect(hant({ to: 'mia', reason: 'routed', routed })).toBe('系統分配給 小米：負責 付款問題（3/10）');
    for (const because of ['had_it', 'only_one', 'on_duty', 'knows_customer', 'least_loaded', 'longest_without'] as const) {
      for (const text of line({ to: 'mia', routed: { because, load: 1, capacity: 5 } })) expect(text).not.toContain('routed.');
    }
  });

  it('says how it changed hands otherwise', () => {
    const mia = { kind: 'agent', id: 'mia' } as const;
    expect(hant({ to: 'mia', reason: 'taken' }, mia)).toBe('小米 接手');
    expect(hant({ to: 'mia', reason: 'replied' }, mia)).toBe('小米 回覆並接手');
    expect(hant({ from: 'mia', to: 'leo', reason: 'by_hand' }, mia)).toBe('小米 由 小米 轉移給 阿樂');
    expect(hant({ from: 'mia', reason: 'put_back' }, mia)).toBe('小米 放回未分配');
    expect(hant({ from: 'leo', reason: 'agent_left' })).toBe('阿樂 已離開店鋪，放回未分配');
    expect(hant({ to: 'leo', reason: 'only_agent' })).toContain('唯一的客服');
    expect(hant({ from: 'leo', reason: 'reopened' })).toContain('原由 阿樂 負責');
  });

  it('names the day on which time closed it', () => {
    expect(hant({ event: 'timed_out' })).toContain('2026年11月25日');
  });

  it('names who is asked, and until when it is put aside', () => {
    const mia = { kind: 'agent', id: 'mia' } as const;
    expect(hant({ event: 'question_asked', to_agent: 'leo' }, mia)).toBe('小米 請教 阿樂');
    expect(hant({ event: 'question_asked', to_department: '倉庫' }, mia)).toBe('小米 請教 倉庫');
    expect(hant({ event: 'snoozed', until: '2026-11-30T01:00:00Z' }, mia)).toContain('2026年11月30日');
  });

  it('has words for every event and alarm in every language', () => {
    const events: EventName[] = ['timed_out', 'customer_reopened', 'snoozed', 'unsnoozed', 'question_asked', 'question_answered'];
    const alarms: Alarm[] = [
      'overdue',
      'expiring',
      'unanswered_1_day',
      'unanswered_5_days',
      'unanswered_6_days',
      'forgotten',
      'snooze_over',
    ];
    const lines = [...events.map((event) => ({ event })), ...alarms.map((alarm) => ({ event: 'raised' as const, alarm }))];
    for (const part of lines) {
      for (const text of line(part)) expect(text).not.toMatch(/(line|alarm)\.|\{\{/);
    }
  });
});
