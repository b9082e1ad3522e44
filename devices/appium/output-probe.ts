import { type Bench, disproven, proven } from './calibration.ts'

/**
 * Proves that what the app logs and what Appium carries is searched: a mark of ours, given to both, is found in each.
 * @param give hands the mark to the app
 */
export const outputProbe =
  <Verb extends string>(give: (bench: Bench<Verb>, mark: string) => Promise<unknown>) =>
  async (bench: Bench<Verb>) => {
    const mark = `probe-mark-${Math.random().toString(36).slice(2)}`
    await give(bench, mark)
    const seen: string[] = []
    for await (const { where, bytes } of bench.traces()) if (Buffer.from(bytes).includes(mark)) seen.push(where)
    return seen.sort().join() === 'appium,log'
      ? proven("a line that the app logged was found in the phone's log, and what went to its page in Appium's")
      : disproven(`a line that the app logged, and that Appium carried, was found in: ${seen.join() || 'nothing'}`)
  }
