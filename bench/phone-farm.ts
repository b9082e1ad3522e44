import { availableParallelism } from 'node:os'
import { onPhone, type PhoneLane } from './phone-lane.ts'
import { processorTimes, spentBetween } from './processor-share.ts'

/** How much more several phones on one Appium do than one does. */
export interface PhoneFarm {
  readonly what: string
  readonly phones: number
  /** Programs a minute, of one phone alone and of all at once. */
  readonly one: number
  readonly all: number
  readonly ratio: number
  readonly target: number
  /** While all were at it: parts of the processor time that this machine has, by program, the greatest first. */
  readonly shares: readonly { readonly who: string; readonly part: number }[]
  /** The sum of these parts; what is left was waited, or spent by others on this machine. */
  readonly busy: number
  readonly cores: number
}

/** Runs the lane's program on one phone, then on all at once, as often on each. */
export const phoneFarm = async (
  lane: PhoneLane,
  phones: number,
  times: number,
  clocks: { readonly wall: () => number; readonly cpu: () => number },
): Promise<PhoneFarm> => {
  await using stack = new AsyncDisposableStack()
  const lanes: (() => Promise<void>)[] = []
  for (let phone = 0; phone < phones; phone++) {
    const { target, run } = await onPhone(await lane.device())
    stack.use(target)
    lanes.push(() => run(lane.program))
    // The first one begins with a phone as it is, later ones with one to be put back.
    await run(lane.program)
  }
  const took = async (using: readonly (() => Promise<void>)[]): Promise<number> => {
    const began = clocks.wall()
    await Promise.all(
      using.map(async (run) => {
        for (let time = 0; time < times; time++) await run()
      }),
    )
    return clocks.wall() - began
  }
  const alone = await took(lanes.slice(0, 1))
  const [before, own] = [processorTimes(process.pid), clocks.cpu()]
  const together = await took(lanes)
  const spent = new Map(spentBetween(before, processorTimes(process.pid)))
  spent.set('this process: Holdfast and the phones', clocks.cpu() - own)
  const cores = availableParallelism()
  const shares = [...spent]
    .map(([who, ms]) => ({ who, part: ms / (together * cores) }))
    .filter(({ part }) => part >= 0.005)
    .sort((a, b) => b.part - a.part)
  const perMinute = (programs: number, ms: number) => (programs / ms) * 60_000
  const [one, all] = [perMinute(times, alone), perMinute(times * phones, together)]
  const busy = shares.reduce((sum, { part }) => sum + part, 0)
  return { what: lane.what, phones, one, all, ratio: all / one, target: 5, shares, busy, cores }
}
