import type { Alert } from '@kefu/api';
import type { Desk } from '../app/desk.svelte';
import { t } from '../app/i18n.svelte';

/** What an alert tells, in the reader's language. */
export function alertText(alert: Pick<Alert, 'kind' | 'by' | 'department'>, desk: Pick<Desk, 'nameOf'>): string {
  const by = desk.nameOf(alert.by);
  switch (alert.kind) {
    case 'question_asked':
      return t('alerts.question_asked', { by, to: alert.department ?? t('alerts.you') });
    case 'question_answered':
      return t('alerts.question_answered', { by });
    case 'timed_out':
    case 'decision_needed':
    case 'refund_needs_attention':
    case 'order_cancelled':
    case 'delay_passed':
      return t(`alerts.${alert.kind}`);
    default:
      return t(`alarm.${alert.kind}`);
  }
}
