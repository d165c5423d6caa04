import { describe, expect, it } from 'vitest'
import {
  characters, fieldNamed, mistakesIn, noAnswers, submissionOf, withZone, type About, type Answers,
} from '../src/core/validate.ts'

const answers = (some: Partial<Answers>): Answers => ({ ...noAnswers(), ...some })
const complete = answers({ name: '王小明', email: 'xiaoming@example.com', category: 'order', text: '請問何時出貨' })
const guest = { guest: true, maxText: 10_000 }
const about: About = {
  source: 'contact_form', locale: 'zh-Hant', guest: true, order: '', product: '', productTitle: '', evidence: [],
}

describe('what is wrong with an answer', () => {
  it('nothing, when it is complete', () => {
    expect(mistakesIn(complete, guest)).toEqual({})
  })

  it('a guest must say who, a member need not', () => {
    expect(mistakesIn(noAnswers(), guest)).toEqual({ name: 'required', email: 'required', text: 'required', category: 'choose' })
    expect(mistakesIn(noAnswers(), { ...guest, guest: false })).toEqual({ text: 'required', category: 'choose' })
  })

  it.each(['xiaoming', 'a@b', 'a b@example.com', '@example.com'])('%s is no address', (email) => {
    expect(mistakesIn({ ...complete, email }, guest)).toEqual({ email: 'invalidEmail' })
  })

  it('white space is no text', () => {
    expect(mistakesIn({ ...complete, text: ' \n ' }, guest)).toEqual({ text: 'required' })
  })

  it('text is counted in characters, not in UTF-16 units', () => {
    expect(characters('茶🍵 ')).toBe(2)
    expect(mistakesIn({ ...complete, text: '🍵'.repeat(10_000) }, guest)).toEqual({})
    expect(mistakesIn({ ...complete, text: '字'.repeat(10_001) }, guest)).toEqual({ text: 'tooLong' })
    expect(mistakesIn({ ...complete, subject: '字'.repeat(201) }, guest)).toEqual({ subject: 'tooLong' })
  })
})

describe('the body of a submission', () => {
  it('leaves out what was not answered', () => {
    expect(submissionOf(complete, about)).toEqual({
      source: 'contact_form', category: 'order', locale: 'zh-Hant', text: '請問何時出貨',
      name: '王小明', email: 'xiaoming@example.com',
    })
  })

  it('does not name a member, whose token does', () => {
    expect(submissionOf(complete, { ...about, guest: false })).not.toHaveProperty('email')
  })

  it('carries what the page fixed', () => {
    const body = submissionOf(complete, { ...about, source: 'product', product: 'tea-pot', productTitle: '茶壺', order: 'A1' })
    expect(body).toMatchObject({ source: 'product', product: 'tea-pot', product_title: '茶壺', order: 'A1' })
  })

  it('carries only the evidence that the category asks for', () => {
    const told = answers({ ...complete, error_text: ' E42 ', browser: 'Firefox', time: '' })
    expect(submissionOf(told, { ...about, evidence: ['error_text', 'time'] }).evidence).toEqual({ error_text: 'E42' })
    expect(submissionOf(told, about)).not.toHaveProperty('evidence')
  })

  it('passes on what a robot filled in, for the server to judge', () => {
    expect(submissionOf({ ...complete, website: 'http://spam' }, about).website).toBe('http://spam')
  })

  it('says in which zone a time was meant', () => {
    expect(withZone('2026-11-20T13:05')).toMatch(/^2026-11-20 13:05 \w+/)
  })
})

it.each([['email', 'email'], ['evidence.error_text', 'error_text'], ['source', undefined]])(
  "the server's field %s stands beside %s", (path, field) => {
    expect(fieldNamed(path)).toBe(field)
  })
