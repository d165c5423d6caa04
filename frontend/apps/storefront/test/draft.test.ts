import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Draft, ownerOf } from '../src/core/draft.ts'

const kept = new Map<string, string>()
const shelf = { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, value: string) => kept.set(name, value) }

beforeEach(() => {
  kept.clear()
  vi.stubGlobal('sessionStorage', shelf)
})

describe('a draft', () => {
  it('is found again after a reload', () => {
    new Draft<string>('form').save('請問何時出貨')
    expect(new Draft<string>('form').values).toBe('請問何時出貨')
    expect(new Draft<string>('another').values).toBeUndefined()
  })

  it('gives the same key to the same submission, also after a reload', () => {
    const body = { text: '請問何時出貨' }
    const key = new Draft('form').keyFor(body)
    expect(key.length).toBeGreaterThanOrEqual(16)
    expect(new Draft('form').keyFor({ ...body })).toBe(key)
  })

  it('gives another key to another text, and keeps the typed values', () => {
    const draft = new Draft<string>('form')
    draft.save('a')
    const key = draft.keyFor({ text: 'a' })
    draft.save('b')
    expect(draft.keyFor({ text: 'b' })).not.toBe(key)
    expect(draft.values).toBe('b')
  })

  it('forgets text and key once sent', () => {
    const draft = new Draft<string>('form')
    draft.save('a')
    const key = draft.keyFor('a')
    draft.clear()
    expect(new Draft('form').values).toBeUndefined()
    expect(draft.keyFor('a')).not.toBe(key)
  })

  it('still repeats its key where storage is forbidden', () => {
    const forbidden = () => {
      throw new DOMException('denied', 'SecurityError')
    }
    vi.stubGlobal('sessionStorage', { getItem: forbidden, setItem: forbidden })
    const draft = new Draft<string>('form')
    draft.save('a')
    expect(draft.values).toBe('a')
    expect(draft.keyFor('a')).toBe(draft.keyFor('a'))
  })
})

describe('the owner of a draft', () => {
  const token = (payload: object) => `h.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.s`

  it('is the member of the token', () => {
    expect(ownerOf(token({ sub: 'm-1001', name: '王小明?>' }))).toBe('m-1001')
  })

  it.each([undefined, '', 'opaque', 'a.b.c', token({})])('is nobody for %j', (said) => {
    expect(ownerOf(said)).toBe('')
  })
})
