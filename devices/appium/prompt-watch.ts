import type { WatchedPrompts } from '../../harness/contract/device.ts'
import type { PromptPhase } from '../../harness/contract/prompt.ts'
import type { DrivenPhone } from './driven-phone.ts'

/** Prompts of a phone that is driven, told as phases. */
export interface PromptWatch extends WatchedPrompts {
  /** Looks, and tells how what was up ended, where it did. */
  lookAfter(ended: PromptPhase): Promise<boolean>
  /** The person was not recognised by what is up. */
  missed(): void
  /** What was up is gone, with nobody left to be told. */
  lost(): void
}

export const createPromptWatch = ({
  prompt,
  promptLeft = prompt,
  answerPrompt,
}: Pick<DrivenPhone, 'prompt' | 'promptLeft' | 'answerPrompt'>): PromptWatch => {
  let listen: (prompt: number, phase: PromptPhase) => void = () => {}
  let shown: { readonly number: number; readonly key: string } | null = null
  let numbers = 0
  const see = (key: string | null, ended: PromptPhase): boolean => {
    if (shown !== null && shown.key !== key) {
      listen(shown.number, ended)
      shown = null
    }
    if (key !== null && shown === null) {
      shown = { number: numbers++, key }
      listen(shown.number, 'shown')
    }
    return shown !== null
  }
  const lookAfter = async (ended: PromptPhase) => see(await promptLeft(), ended)
  return {
    // What went by itself, and was answered by nobody, the app took down.
    look: async () => see(await prompt(), 'app-cancelled'),
    lookAfter,
    async answer() {
      const answered = await answerPrompt()
      await lookAfter('matched')
      return answered
    },
    missed() {
      if (shown !== null) listen(shown.number, 'missed')
    },
    lost() {
      if (shown !== null) listen(shown.number, 'lost')
      shown = null
    },
    onPhase(listener) {
      listen = listener
      numbers = 0
      shown = null
    },
  }
}
