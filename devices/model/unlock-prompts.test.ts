import { beforeEach, expect, test } from 'vitest'
import type { PromptPhase } from '../../harness/contract/prompt.ts'
import { createClock } from '../simulation/clock.ts'
import { createSeam } from '../simulation/seam.ts'
import { type Settling, settling } from '../simulation/settling.ts'
import { createKeyring } from './keyring.ts'
import { createPerson, oneScreen } from './person.ts'

const rig = () => {
  const seam = createSeam()
  const clock = createClock(seam)
  const { port, prompts, ...keyring } = createKeyring(seam, clock)
  const phases: [number, PromptPhase][] = []
  prompts.onPhase((...phase) => phases.push(phase))
  const ask = (waitMs = 1000) => settling(port.unlock?.(waitMs) ?? Promise.reject(new Error('it never prompts')))
  return { seam, clock, port, prompts, keyring, phases, ask }
}
let { seam, clock, port, prompts, keyring, phases, ask } = rig()
beforeEach(() => {
  ;({ seam, clock, port, prompts, keyring, phases, ask } = rig())
  keyring.become('locked')
})
const ended = (how: Settling<unknown>) => (how.is === 'answered' ? how.value : how.is)
/** Asks, and has this done about the prompt. */
const asked = async (act: () => unknown) => {
  const asking = ask()
  act()
  return ended(await asking)
}

test('an unlocked keyring shows none, one that is not there cannot', async () => {
  keyring.become('unlocked')
  expect(ended(await ask())).toBe('unlocked')
  keyring.become('absent')
  expect(await ask()).toMatchObject({ is: 'failed', error: { kind: 'absent' } })
  expect(phases).toEqual([])
})

test('the person answers, dismisses, or leaves it alone', async () => {
  expect(await asked(prompts.dismiss)).toBe('dismissed')
  expect(keyring.state()).toBe('locked')
  expect(await asked(() => prompts.leaveAlone() && clock.passToTimer())).toBe('unanswered')
  expect(keyring.state()).toBe('locked')
  expect(await asked(prompts.answer)).toBe('unlocked')
  expect(keyring.state()).toBe('unlocked')
  expect(phases.map(([prompt, phase]) => `${prompt} ${phase}`)).toEqual([
    '0 shown',
    '0 dismissed',
    '1 shown',
    '1 timed-out',
    '2 shown',
    '2 matched',
  ])
})

test('nobody answers a prompt that is left alone, and one without a bound stays', async () => {
  expect(
    await asked(() => {
      prompts.leaveAlone()
      expect(prompts.answer()).toBe(false)
    }),
  ).toBe('waiting')
  expect(prompts.up()).toBe(true)
  keyring.clear()
  keyring.become('locked')
  const endless = ask(Number.POSITIVE_INFINITY)
  while (clock.passToTimer());
  expect((await endless).is).toBe('waiting')
})

test('a second one waits for the first: it comes up after a dismissal, and is spared by an answer', async () => {
  const both = [ask(), ask()]
  prompts.dismiss()
  expect(prompts.up()).toBe(true)
  prompts.answer()
  expect((await Promise.all(both)).map(ended)).toEqual(['dismissed', 'unlocked'])
  keyring.become('locked')
  const again = [ask(), ask()]
  prompts.answer()
  expect((await Promise.all(again)).map(ended)).toEqual(['unlocked', 'unlocked'])
  expect(phases.filter(([, phase]) => phase === 'shown')).toHaveLength(3)
})

test('a keyring that goes away takes its prompt along; one that is unlocked elsewhere needs none', async () => {
  const asking = ask()
  keyring.become('absent')
  expect(await asking).toMatchObject({ is: 'failed', error: { kind: 'absent' } })
  keyring.become('locked')
  expect(await asked(() => keyring.become('unlocked'))).toBe('unlocked')
  expect(phases.filter(([, phase]) => phase === 'system-cancelled')).toHaveLength(2)
})

test('a process that dies hears nothing more, and its prompt is gone', async () => {
  const asking = ask()
  seam.drop()
  prompts.lose()
  expect([prompts.up(), prompts.answer()]).toEqual([false, false])
  expect((await asking).is).toBe('waiting')
  expect(phases.at(-1)).toEqual([0, 'lost'])
  expect(await port.state()).toBe('locked')
})

test('what became of a prompt reaches the app as an effect', async () => {
  seam.hold(true)
  const asking = ask()
  seam.complete(0)
  prompts.answer()
  expect(seam.pending()).toBe(1)
  seam.complete(0)
  expect(ended(await asking)).toBe('unlocked')
})

test('what the person is asked to confirm is a prompt each, on the same screen', async () => {
  const person = createPerson(seam, clock)
  const screen = oneScreen(prompts, person.prompts)
  screen.onPhase((...phase) => phases.push(phase))
  const first = settling(person.port.confirm('one', 1000))
  const second = settling(person.port.confirm('two', 1000))
  expect([screen.up(), screen.answer()]).toEqual([true, true])
  expect(ended(await first)).toBe('confirmed')
  expect([screen.up(), screen.dismiss()]).toEqual([true, true])
  expect(ended(await second)).toBe('dismissed')
  const unlocking = ask()
  expect([screen.up(), screen.answer(), screen.up()]).toEqual([true, true, false])
  expect(ended(await unlocking)).toBe('unlocked')
  expect(phases).toEqual([
    [0, 'shown'],
    [0, 'matched'],
    [1, 'shown'],
    [1, 'dismissed'],
    [2, 'shown'],
    [2, 'matched'],
  ])
})
