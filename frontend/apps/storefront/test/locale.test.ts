import { expect, it } from 'vitest'
import { chooseLocale, localeOf } from '../src/core/locale.ts'

it.each([
  ['zh-TW', 'zh-Hant'], ['zh-HK', 'zh-Hant'], ['zh-Hant', 'zh-Hant'], ['zh-MO', 'zh-Hant'],
  ['zh-CN', 'zh-Hans'], ['zh-SG', 'zh-Hans'], ['zh-Hans-HK', 'zh-Hans'],
  ['en-GB', 'en'], ['ja', undefined], ['', undefined], ['not a tag', undefined],
] as const)('%s is read as %s', (tag, locale) => {
  expect(localeOf(tag)).toBe(locale)
})

it('the page is heard before the browser', () => {
  expect(chooseLocale('zh-TW', ['en'])).toBe('zh-Hant')
  expect(chooseLocale('fr', ['zh-TW'])).toBe('en')
})

it("without a word from the page the browser's first language that there is a catalogue for counts", () => {
  expect(chooseLocale(undefined, ['ja', 'zh-CN', 'en'])).toBe('zh-Hans')
  expect(chooseLocale('', ['ja', 'fr'])).toBe('en')
})
