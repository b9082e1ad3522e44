import { soundVaults } from '../alarms/sound.ts'
import { serveTasks } from '../in-workers.ts'
import { type Leniency, leniencyOf } from './leniency.ts'

export interface LeniencyTask {
  readonly name: string
  readonly seed: number
  /** Of each scenario. */
  readonly programs: number
}

serveTasks(async ({ name, seed, programs }: LeniencyTask): Promise<Leniency> => {
  const sound = soundVaults.find((one) => one.name === name)
  if (sound === undefined) throw new Error(`No sound vault is called ${name}.`)
  return leniencyOf(sound, seed, programs)
})
