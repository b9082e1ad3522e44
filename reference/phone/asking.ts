import { Refusal } from '../failure.ts'
import { promptQueue } from '../prompts/prompt-queue.ts'
import type { PromptClock, PromptEvent, PromptId, Shown } from '../prompts/prompter.ts'

/** Shows a prompt about something; see `Prompter`. */
export type ShowPrompt<About, Released> = (
  id: PromptId,
  about: About,
  listener: (event: PromptEvent<Released>) => void,
) => Shown

/** Longer than any system leaves a prompt up, for one that is never heard of again. Milliseconds. */
const timeoutMs = 120_000

/** Asks the person, one prompt at a time in the order of asking; refuses with why nobody was recognised. */
export function asking<About, Released>(
  show: ShowPrompt<About, Released>,
  clock: PromptClock,
  incarnation: string,
): (about: About) => Promise<Released> {
  const abouts = new Map<PromptId, About>()
  const queue = promptQueue<Released>({
    clock,
    incarnation,
    prompter: {
      show(id, listener) {
        const about = abouts.get(id)
        if (about === undefined) throw new RangeError('a prompt that nobody asked for')
        return show(id, about, listener)
      },
    },
  })
  return (about) =>
    new Promise((resolve, reject) => {
      let mine: PromptId | null = null
      const named = (id: PromptId) => {
        mine = id
        abouts.set(id, about)
      }
      queue.ask({ page: 'app', wait: true, timeoutMs, named }, (verdict) => {
        if (mine !== null) abouts.delete(mine)
        if (verdict.is === 'succeeded') return resolve(verdict.released)
        const { code, ...more } = verdict.failure
        reject(new Refusal(code, more))
      })
    })
}
