import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isAlive, thisRun } from '../linux/run-label.ts'

/** A process id, and when it began, so that another process with that number is told from it. */
const form = /^run-(\d+)-([\w-]*)-\w{6}$/

/** A folder for the disk of one run. It is removed at the next start where the run was killed before it could. */
export const makeRunFolder = async (cache: string): Promise<string> => {
  const { pid, since } = thisRun()
  await mkdir(cache, { recursive: true })
  return mkdtemp(join(cache, `run-${pid}-${since}-`))
}

/** Whether a folder is that of a run which is over. Never one that is not a run's. */
export const isOver = (name: string, alive: (pid: number, since: string) => boolean): boolean => {
  const [, pid, since] = form.exec(name) ?? []
  return pid !== undefined && since !== undefined && !alive(Number(pid), since)
}

/** Whether a folder is that of a run which goes on. */
export const isUnderWay = (name: string): boolean => form.test(name) && !isOver(name, livesHere)

const livesHere = (pid: number, since: string): boolean => {
  const { host } = thisRun()
  return isAlive({ host, pid, since }, host)
}

/** Removes what killed runs left. */
export const sweepRunFolders = async (cache: string): Promise<void> => {
  const names = await readdir(cache).catch(() => [])
  const over = names.filter((name) => isOver(name, livesHere))
  await Promise.all(over.map((name) => rm(join(cache, name), { recursive: true, force: true })))
}
