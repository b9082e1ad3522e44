import { serveTasks } from '../in-workers.ts'
import { alarmsOf, type Quiet } from './alarm.ts'
import { soundVaults } from './sound.ts'

/** Some seeds of one sound vault, by its name. */
export interface AlarmTask {
  readonly name: string
  readonly seeds: readonly number[]
}

serveTasks(async ({ name, seeds }: AlarmTask): Promise<Quiet> => {
  const sound = soundVaults.find((one) => one.name === name)
  if (sound === undefined) throw new Error(`No sound vault is called ${name}.`)
  return alarmsOf(sound, seeds)
})
