import { expect, test } from 'vitest'
import { judgeLogin, type LoginReading } from './judge-login.ts'

const honest: LoginReading = { lockedBefore: true, openAfter: true, wrote: 'w', read: 'w' }

test.each<readonly [how: string, reading: Partial<LoginReading>]>([
  ['was open all the time', { lockedBefore: false }],
  ['stays locked', { openAfter: false }],
  ['gives nothing', { read: null }],
  ['gives something else', { read: '' }],
])('no login opens a keyring that %s', (_, reading) => {
  expect(judgeLogin(honest).is).toBe('proven')
  expect(judgeLogin({ ...honest, ...reading }).is).toBe('disproven')
})

test('a probe that could not be carried out proves nothing and says why', () => {
  expect(judgeLogin({ failed: 'no answer' })).toEqual({
    is: 'unproven',
    why: 'the probe could not be carried out: no answer',
  })
})
