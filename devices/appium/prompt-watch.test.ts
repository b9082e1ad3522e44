import { expect, test } from 'vitest'
import { createPromptWatch } from './prompt-watch.ts'

const rig = () => {
  let up: string | null = null
  const told: string[] = []
  const watch = createPromptWatch({
    prompt: async () => up,
    async answerPrompt() {
      up = null
      return true
    },
  })
  watch.onPhase((prompt, phase) => told.push(`${prompt} ${phase}`))
  return {
    watch,
    told,
    show(key: string | null) {
      up = key
    },
  }
}

test('a prompt is told once, and how it ended by what was done', async () => {
  const { watch, told, show } = rig()
  show('a')
  expect([await watch.look(), await watch.look()]).toEqual([true, true])
  watch.missed()
  show(null)
  expect(await watch.lookAfter('dismissed')).toBe(false)
  expect(told).toEqual(['0 shown', '0 missed', '0 dismissed'])
})

test('one that took the place of another is another', async () => {
  const { watch, told, show } = rig()
  show('a')
  await watch.look()
  show('b')
  expect(await watch.lookAfter('matched')).toBe(true)
  expect(told).toEqual(['0 shown', '0 matched', '1 shown'])
})

test('an answer is told as a match, a death as a loss, and what went by itself as taken down by the app', async () => {
  const { watch, told, show } = rig()
  show('a')
  await watch.look()
  await watch.answer()
  show('b')
  await watch.look()
  watch.lost()
  show('c')
  await watch.look()
  show(null)
  await watch.look()
  expect(told).toEqual(['0 shown', '0 matched', '1 shown', '1 lost', '2 shown', '2 app-cancelled'])
})
