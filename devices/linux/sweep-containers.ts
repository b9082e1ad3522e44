import type { Engine } from './engine.ts'
import { statusOf } from './engine.ts'
import { isAlive, readRunLabels } from './run-label.ts'

/** A container of another machine's run that stopped this long ago is nobody's any more. */
const abandonedAfterSeconds = 24 * 3600

/** What decides whether a container is a killed run's remains. */
export interface SeenContainer {
  readonly labels: Readonly<Record<string, string>>
  readonly running: boolean
  /** Seconds since 1970. */
  readonly created: number
}

/** Whether a container was left by a run that was killed. Never one that is not ours. */
export const isLeftOver = (seen: SeenContainer, nowSeconds: number, alive = isAlive): boolean => {
  const run = readRunLabels(seen.labels)
  if (run === null) return false
  return !alive(run) || (!seen.running && nowSeconds - seen.created > abandonedAfterSeconds)
}

/** Removes what killed runs left. Returns how many containers. */
export const sweepContainers = async (engine: Engine): Promise<number> => {
  const seen = await engine.listContainers({ all: true, filters: { label: ['holdfast.run'] } })
  const left = seen.filter((one) =>
    isLeftOver({ labels: one.Labels, running: one.State === 'running', created: one.Created }, Date.now() / 1000),
  )
  await Promise.all(left.map((one) => removeContainer(engine, one.Id)))
  return left.length
}

/** Removes a container with all in it, running or not. It may be gone already, or be going. */
export const removeContainer = async (engine: Engine, id: string): Promise<void> => {
  try {
    await engine.getContainer(id).remove({ force: true, v: true })
  } catch (error) {
    const status = statusOf(error)
    if (status !== 404 && status !== 409) throw error
  }
}
