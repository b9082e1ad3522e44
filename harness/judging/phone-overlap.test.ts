import { expect, it } from 'vitest'
import type { Event } from '../contract/history.ts'
import { factsOf } from './facts.ts'
import { fail, historyOf, ok, phoneDescription, put, read } from './sample-history.ts'

it('a read that began before the first write of its entry meets the policy of that write', () => {
  const { events, ...rest } = historyOf(
    put(ok),
    { control: 'lock-out', how: 'permanent' },
    read(fail('locked-out-permanent')),
  )
  const [begin, end, locked, asks, refused] = events
  const turned = [begin, asks, end, locked, refused].flatMap((event) => (event === undefined ? [] : [event]))
  const overlapping = turned.map((event, seq): Event => ({ ...event, seq }))
  const facts = factsOf({ ...rest, events: overlapping }, phoneDescription('ios'))
  expect(facts.of('overlapping-calls').map(({ call }) => call?.op.op)).toEqual(['put'])
})
