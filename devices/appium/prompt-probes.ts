import type { Control } from '../../harness/contract/controls.ts'
import { type Bench, disproven, type Probe, proven } from './calibration.ts'

/** A way in which a prompt can end: what the person does, what the app hears, and which phases are seen. */
export type PromptEnding = readonly [controls: readonly Control[], heard: string, seen: string]

/**
 * Proves that a person can be played at a phone's prompts, and that each prompt and its end are seen.
 * @param endings a miss and a match, a dismissal, the other button, leaving the app
 * @param ask shows a prompt, and looks at it; called once for each ending
 * @param heard the verb that gives what the app heard since it was last asked
 * @param begin what is done once, before all of them
 */
export function promptProbes<Verb extends string>(
  endings: readonly PromptEnding[],
  ask: (bench: Bench<Verb>) => Promise<unknown>,
  heard: Verb,
  begin: (bench: Bench<Verb>) => Promise<unknown> = async () => {},
): { readonly scriptedPerson: Probe<Verb>; readonly seenPrompts: Probe<Verb> } {
  const endAll = async (bench: Bench<Verb>): Promise<readonly string[]> => {
    const all: string[] = []
    await begin(bench)
    for (const [controls] of endings) {
      await ask(bench)
      for (const control of controls) await bench.must(control)
      all.push(await bench.call(heard))
    }
    return all
  }
  return {
    async scriptedPerson(bench) {
      const idle = await bench.apply({ control: 'touch', finger: 'right' })
      const all = (await endAll(bench)).join(', ')
      return idle === 'skipped' && all === endings.map(([, one]) => one).join(', ')
        ? proven('a miss and a match, a dismissal, the other button and leaving the app were each heard as such')
        : disproven(`a touch without a prompt was ${idle}; heard of the endings in turn: ${all}`)
    },
    async seenPrompts(bench) {
      const before = await bench.prompts.look()
      await endAll(bench)
      const [after, seen] = [await bench.prompts.look(), bench.phases.join(' ')]
      return !before && !after && seen === endings.map(([, , one]) => one).join(' ')
        ? proven('four prompts were seen, with how each ended, and none where there was none')
        : disproven(`up before and after the prompts: ${before}, ${after}; seen: ${seen}`)
    },
  }
}
