import { expect, it } from 'vitest'
import { linkIn } from '../guest/link.ts'
import { isOver } from '../guest/visit.ts'

it.each([
  ['#confirm=a.b-c_d&shop=taipei', { kind: 'confirm', token: 'a.b-c_d', shop: 'taipei' }],
  ['#inquiry=a.b.c&shop=lantern', { kind: 'inquiry', token: 'a.b.c', shop: 'lantern' }],
  ['#shop=taipei&inquiry=x', { kind: 'inquiry', token: 'x', shop: 'taipei' }],
  ['#reopen=a.b.c&shop=taipei', { kind: 'reopen', token: 'a.b.c', shop: 'taipei' }],
  ['#confirm=x', undefined],
  ['#confirm=&shop=taipei', undefined],
  ['', undefined],
])('the link %s', (fragment, link) => {
  expect(linkIn(fragment)).toEqual(link)
})

it('a session is over at its end, not before', () => {
  const session = { token: 'x', expires_at: '2026-11-22T10:00:00Z' }
  const end = Date.parse(session.expires_at)
  expect([isOver(session, end - 1), isOver(session, end)]).toEqual([false, true])
})
