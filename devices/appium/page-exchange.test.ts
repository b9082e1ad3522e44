import { expect, test } from 'vitest'
import { PageGone } from './driven-phone.ts'
import type { DriverSession } from './driver-session.ts'
import { exchangeInPage } from './page-exchange.ts'

const exchange = (...answers: readonly unknown[]) => {
  const left = [...answers]
  const session = {
    async executeScript() {
      const next = left.length > 1 ? left.shift() : left[0]
      if (next instanceof Error) throw next
      return next
    },
  } as unknown as DriverSession
  return exchangeInPage(session, [], 1)
}

test('gives what the page has to say, also where it was still loading', async () => {
  expect(await exchange({ is: 'absent', ready: 'loading' }, { is: 'lines', lines: ['a'] })).toEqual(['a'])
})

test.each([
  ['a page without the bridge', { is: 'absent', ready: 'complete' }, /no page bridge: include page-bridge\.js/],
  ['a bridge of another version', { is: 'other', version: 2 }, /has page bridge 2, and this Holdfast speaks with 1/],
])('%s is told in one sentence', async (_, answer, sentence) => {
  await expect(exchange(answer)).rejects.toThrow(sentence)
})

test('a session or page that is gone is no answer of the page, and what else a driver says is passed on', async () => {
  await expect(exchange(new Error('invalid session id: session deleted'))).rejects.toThrow(PageGone)
  await expect(exchange(null)).rejects.toThrow(PageGone)
  await expect(exchange(new Error('javascript error: x is not a function'))).rejects.not.toThrow(PageGone)
})
