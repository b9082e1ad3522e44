import type { Rounds } from './measure.ts'
import { type PhoneFarm, phoneFarm } from './phone-farm.ts'
import { androidLane, iosLane, type PhoneLane } from './phone-lane.ts'
import { type PhoneTime, phoneTime } from './phone-time.ts'

/** What is not measured, and why. */
interface Lacks {
  readonly what: string
  readonly why: string
}
export interface PhoneCosts {
  readonly times: readonly (PhoneTime | Lacks)[]
  readonly farm: PhoneFarm | Lacks
}

export interface PhoneBench {
  readonly rounds: Rounds
  readonly phones: number
  /** Programs on each phone. */
  readonly times: number
}

/** Measures both kinds of virtual phones, and as many Android ones on one Appium. */
export const phoneCosts = async (
  { rounds, phones, times }: PhoneBench,
  clocks: { readonly wall: () => number; readonly cpu: () => number },
): Promise<PhoneCosts> => ({
  times: [
    await onLane('virtual Android phone', androidLane, (lane) => phoneTime(lane, rounds, clocks.wall)),
    await onLane('virtual iPhone', iosLane, (lane) => phoneTime(lane, rounds, clocks.wall)),
  ],
  farm: await onLane(`${phones} phones on one Appium`, androidLane, (lane) => phoneFarm(lane, phones, times, clocks)),
})

/** What lacks on this machine is told in place of a number; anything else that fails is looked at. */
const onLane = async <T>(
  what: string,
  open: () => Promise<PhoneLane>,
  measure: (lane: PhoneLane) => Promise<T>,
): Promise<T | Lacks> => {
  let opened: PhoneLane
  try {
    opened = await open()
  } catch (error) {
    return { what, why: error instanceof Error ? error.message : String(error) }
  }
  await using lane = opened
  return await measure(lane)
}
