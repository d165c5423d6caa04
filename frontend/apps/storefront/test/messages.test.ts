import { describe, expect, it } from 'vitest'
import { joined } from '../src/core/messages.ts'
import { translator } from '../src/i18n/translate.ts'
import { common } from '../src/i18n/common/index.ts'
import { history } from '../src/i18n/history/index.ts'
import { orders } from '../src/i18n/orders/index.ts'
import { guestMessages } from '../guest/messages.ts'
import { shopWords } from '../storefront/words.ts'

const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()

describe.each(Object.entries({ common, history, orders, guestMessages, shopWords }))('the catalogue %s', (_name, catalogues) => {
  const base: Record<string, string> = catalogues['zh-Hant']

  it.each(['zh-Hans', 'en'] as const)('has the same keys, in the same order, in %s', (locale) => {
    expect(Object.keys(catalogues[locale])).toEqual(Object.keys(base))
  })

  it.each(['zh-Hans', 'en'] as const)('has the same placeholders in %s', (locale) => {
    const other: Record<string, string> = catalogues[locale]
    for (const key of Object.keys(base)) expect(holes(other[key] ?? ''), key).toEqual(holes(base[key] ?? ''))
  })

  it('does not mix the two scripts', () => {
    const only = (text: string, others: string) => [...text].filter((sign) => others.includes(sign))
    expect(only(Object.values(base).join(''), '这个们还订单询问联请输载选择关闭邮账户号录复')).toEqual([])
    expect(only(Object.values(catalogues['zh-Hans']).join(''), '這個們還訂單詢問聯請輸載選擇關閉郵帳戶號錄復')).toEqual([])
  })
})

it('fills placeholders, and leaves those without a value in sight', () => {
  expect(translator({ a: '{x} and {y}' })('a', { x: 1 })).toBe('1 and {y}')
})

it('pages and polls of a conversation overlap without doubling', () => {
  const message = (seq: number) => ({ seq, from: 'customer' as const, name: '', text: `${seq}`, at: '' })
  expect(joined([3, 4].map(message), [1, 2, 3, 5].map(message)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])
})
