import { expect, it } from 'vitest'
import { explain } from '../src/core/explain.ts'
import { Problem, problemOf } from '../src/core/problem.ts'
import { common } from '../src/i18n/common/index.ts'
import { translator } from '../src/i18n/translate.ts'

const answer = (status: number, body: string, headers = {}) => new Response(body, { status, headers })
const zh = translator(common['zh-Hant'])
const say = (problem: Problem) => explain(problem, zh, 'zh-Hant')

it('a problem document keeps its code, its sentence and its fields', async () => {
  const fields = [{ field: 'email', code: 'invalid', detail: '格式不正確' }]
  const problem = await problemOf(answer(422, JSON.stringify({ code: 'invalid_fields', detail: '有誤', fields })))
  expect(problem).toMatchObject({ code: 'invalid_fields', status: 422, detail: '有誤', fields })
  expect(say(problem)).toBe('請修正標示的欄位。')
})

it('an answer that is no problem document is one all the same', async () => {
  expect(await problemOf(answer(502, '<html>'))).toMatchObject({ code: 'http_502', fields: [] })
})

it.each([['35', 35_000], [null, 60_000]])('after Retry-After %s it says when to try again', async (header, wait) => {
  const problem = await problemOf(answer(429, '{}', header ? { 'retry-after': header } : {}), 1_000)
  expect(problem.retryAt).toBe(1_000 + wait)
  expect(say(problem)).toMatch(/\d之後|\d 之後/)
})

it.each([
  [new Problem('offline'), '目前沒有網路連線'],
  [new Problem('unreachable'), '暫時連不上'],
  [new Problem('unauthorized', 401, 'no'), '登入已過期'],
  [new Problem('sign_in_failed'), '登入已過期'],
  [new Problem('failure', 500, 'stack'), '發生錯誤'],
  [new Problem('already_rated', 409, '這則詢問已經評分'), '這則詢問已經評分'],
])('%o', (problem, start) => {
  expect(say(problem)).toContain(start)
})
