import { expect, it } from 'vitest'
import { linkify } from '../src/core/linkify.ts'

const links = (text: string) => linkify(text).filter(({ href }) => href).map(({ href }) => href)

it.each([
  ['貨況在https://example.com/t/1，請查詢', 'https://example.com/t/1'],
  ['See https://example.com/a?b=c#d.', 'https://example.com/a?b=c#d'],
  ['(https://example.com/x)', 'https://example.com/x'],
  ['https://example.com/wiki/Tea_(drink)', 'https://example.com/wiki/Tea_(drink)'],
  ['「http://example.com」', 'http://example.com'],
])('%s links to %s', (text, href) => {
  expect(links(text)).toEqual([href])
})

it.each(['javascript:alert(1)', 'data:text/html,x', 'https://', 'www.example.com', 'ftp://example.com', 'mail@example.com'])(
  '%s stays text', (text) => {
    expect(linkify(text)).toEqual([{ text }])
  })

it('loses no character', () => {
  const text = 'a https://example.com/1, b\n<b>https://example.com/2</b> 🍵'
  expect(linkify(text).map((piece) => piece.text).join('')).toBe(text)
})
