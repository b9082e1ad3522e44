import { expect, test } from 'vitest'
import { judgePower, type PowerReading } from './judge-power.ts'

const honest: PowerReading = { wrote: 'w', kernel: ['a', 'b'], synced: 'w', unsynced: null, seenBefore: true }

test.each<readonly [how: string, reading: Partial<PowerReading>]>([
  ['keeps what was not synced', { unsynced: 'w' }],
  ['keeps the kernel', { kernel: ['a', 'a'] }],
  ['loses what was synced', { synced: null }],
  ['changes what was synced', { synced: '' }],
  ['never had the file', { seenBefore: false }],
])('an environment that %s cuts no power', (_, reading) => {
  expect(judgePower(honest).is).toBe('proven')
  expect(judgePower({ ...honest, ...reading }).is).toBe('disproven')
})

test('a name without its content is a loss too', () => {
  expect(judgePower({ ...honest, unsynced: '' })).toMatchObject({ is: 'proven' })
})

test('a probe that could not be carried out proves nothing and says why', () => {
  expect(judgePower({ failed: 'no answer' })).toEqual({
    is: 'unproven',
    why: 'the probe could not be carried out: no answer',
  })
})
