import { expect, test } from 'vitest'
import type { DriverSession } from '../devices/appium/driver-session.ts'
import { linesOf, recordedSession, type SentCommand, sendAgain } from './recorded-session.ts'

const phone = () => {
  const heard: string[] = []
  const session = {
    sessionId: 'one',
    async executeScript(script: string, args: readonly unknown[]) {
      heard.push(`${script} ${args.join()}`)
      if (script === 'fails') throw new Error('no')
      return { is: 'lines', lines: [`${script} answered`] }
    },
  } as unknown as DriverSession
  return { heard, session }
}

test('what was sent is sent again in the same order, and failures are no surprise', async () => {
  const sent: SentCommand[] = []
  const [first, second] = [phone(), phone()]
  const session = recordedSession(
    (command) => sent.push(command),
    () => 0,
  )(first.session)
  await session.executeScript('b', [1])
  await session.executeScript('fails', []).catch(() => undefined)
  await session.executeScript('a', [2])
  const came = await sendAgain(second.session, sent)
  expect(second.heard).toEqual(first.heard)
  expect(came[1]).toBe('failed')
  expect(linesOf(came)).toBe('a answered\nb answered')
  expect(linesOf(sent.map((one) => one.came))).toBe(linesOf(came))
  expect(session.sessionId).toBe('one')
})
