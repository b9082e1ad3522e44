import { randomUUID } from 'node:crypto'
import { type Engine, statusOf } from './engine.ts'
import { isAlive, readRunLabels, runLabels, thisRun } from './run-label.ts'

/** A volume that outlives its containers. Disposing of it removes it; before that, no container may have it. */
export interface HomeVolume extends AsyncDisposable {
  readonly name: string
}

/** It may be gone already. */
const remove = async (engine: Engine, name: string): Promise<void> => {
  try {
    await engine.getVolume(name).remove({ force: true })
  } catch (error) {
    if (statusOf(error) !== 404) throw error
  }
}

/** Makes a volume for this run. What it holds at first is what the image has where it is mounted. */
export const makeHomeVolume = async (engine: Engine): Promise<HomeVolume> => {
  const { name } = await engine.createVolume({ Name: `holdfast-home-${randomUUID()}`, Labels: runLabels(thisRun()) })
  return { name, [Symbol.asyncDispose]: () => remove(engine, name) }
}

/** Removes the volumes that killed runs left, once their containers are gone. */
export const sweepHomeVolumes = async (engine: Engine): Promise<void> => {
  const { Volumes } = await engine.listVolumes({ filters: { label: ['holdfast.run'] } })
  for (const { Name, Labels } of Volumes ?? []) {
    const run = readRunLabels(Labels ?? {})
    if (run !== null && !isAlive(run)) await remove(engine, Name)
  }
}
