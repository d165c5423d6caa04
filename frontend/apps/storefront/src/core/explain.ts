import type { Common } from '../i18n/common/index.ts'
import type { Locale } from './locale.ts'
import type { Problem } from './problem.ts'

/** One sentence for the visitor: what happened and what to do. */
export function explain({ status, code, fields, detail, retryAt }: Problem, t: Common, locale: Locale): string {
  if (status === 429) return t('tooMany', { time: new Date(retryAt).toLocaleTimeString(locale) })
  if (status === 401 || code === 'sign_in_failed') return t('signIn')
  if (code === 'offline' || code === 'unreachable') return t(code)
  if (fields.length) return t('checkFields')
  return status < 500 && detail ? detail : t('failed')
}
