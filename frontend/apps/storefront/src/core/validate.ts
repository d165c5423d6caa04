import type { Source, Submission } from './wire.ts'

/** In the order of the form: the first mistake gets the focus. */
export const FIELDS = [
  'name', 'phone', 'email', 'category', 'order', 'subject', 'text', 'error_text', 'time', 'browser', 'website',
] as const

export type Field = (typeof FIELDS)[number]

/** What the visitor typed. Every field a string, as the controls give them. */
export type Answers = Record<Field, string>
export type Mistake = 'required' | 'choose' | 'invalidEmail' | 'tooLong'
export type Mistakes = Partial<Record<Field, Mistake>>

const LIMITS: Partial<Record<Field, number>> = {
  name: 80, email: 254, phone: 32, order: 64, subject: 200, error_text: 500, browser: 500,
}

export const limitOf = (field: Field, maxText: number): number =>
  field === 'text' ? maxText : LIMITS[field] ?? Infinity

export const noAnswers = (): Answers => Object.fromEntries(FIELDS.map((field) => [field, ''])) as Answers

/** Characters as a reader counts them (code points, as the API does), not UTF-16 units. */
export const characters = (text: string): number => [...text.trim()].length

export function mistakesIn(answers: Answers, { guest, maxText }: { guest: boolean; maxText: number }): Mistakes {
  const found: Mistakes = {}
  const email = answers.email.trim()
  if (guest && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) found.email = 'invalidEmail'
  for (const field of FIELDS) if (characters(answers[field]) > limitOf(field, maxText)) found[field] = 'tooLong'
  for (const field of guest ? (['name', 'email', 'text'] as const) : (['text'] as const)) {
    if (!answers[field].trim()) found[field] = 'required'
  }
  if (!answers.category) found.category = 'choose'
  return found
}

export interface About {
  source: Source
  locale: string
  guest: boolean
  order: string
  product: string
  productTitle: string
  /** The evidence fields that the chosen category shows; what was typed under another one is not sent. */
  evidence: readonly string[]
}

/** The body of the submission: only what was answered, and only what was asked. */
export function submissionOf(answers: Answers, about: About): Submission {
  const { source, locale, guest, order, product, productTitle: product_title } = about
  const { category, error_text, browser, time, text, name, email, phone, subject, website } = answers
  const asked = (evidence: string, answer: string) => (about.evidence.includes(evidence) ? answer : '')
  const evidence = answered({
    error_text: asked('error_text', error_text),
    browser: asked('browser', browser),
    time: asked('time', time && withZone(time)),
  })
  return {
    source, category, locale, text: text.trim(),
    ...answered({ subject, order, product, product_title, website }),
    ...(guest && answered({ name, email, phone })),
    ...(Object.keys(evidence).length && { evidence }),
  }
}

const answered = <Key extends string>(all: Record<Key, string>): Partial<Record<Key, string>> =>
  Object.fromEntries(
    Object.entries<string>(all).map(([key, value]) => [key, value.trim()]).filter(([, value]) => value),
  ) as Partial<Record<Key, string>>

/** `2026-11-20T13:05` of a local-time control, with the visitor's zone: `2026-11-20 13:05 Asia/Taipei`. */
export const withZone = (local: string): string =>
  `${local.replace('T', ' ')} ${Intl.DateTimeFormat().resolvedOptions().timeZone}`

/** The server names fields as in the body (`evidence.error_text`); the form by their own name. */
export const fieldNamed = (path: string): Field | undefined => FIELDS.find((field) => path.split('.').at(-1) === field)
