import { setTimeout as sleep } from 'node:timers/promises'
import type { ChildProgram } from '../child-program.ts'
import { freePort } from '../free-port.ts'
import type { OwnRun } from '../own-run.ts'
import { askAdb } from './adb-host.ts'

/** An adb server of our own, beside any that a person has. */
export interface AdbServer {
  readonly port: number
}

const readyMs = 10_000
const lookMs = 15

/**
 * Starts it on a free port. It looks for no emulators by itself, so that those of others stay theirs.
 * @throws Error where it does not come up
 */
export const startAdbServer = async (run: OwnRun, adb: string): Promise<AdbServer> => {
  const port = await freePort()
  const env = { ...process.env, HOME: run.folder, ADB_LOCAL_TRANSPORT_MAX_PORT: '5554', ADB_MDNS: '0' }
  const program = run.start(adb, ['-P', String(port), 'nodaemon', 'server'], env)
  await ready(program, port)
  return { port }
}

const ready = async (program: ChildProgram, port: number): Promise<void> => {
  let ended: string | null = null
  void program.ended.then((how) => {
    ended = how
  })
  const until = performance.now() + readyMs
  for (;;) {
    try {
      await askAdb(port, 'host:version')
      return
    } catch (cause) {
      if (ended === null && performance.now() < until) {
        await sleep(lookMs)
        continue
      }
      const how = ended === null ? `does not answer within ${readyMs} ms` : `ended (${ended})`
      await program.end()
      throw new Error(`The adb server ${how}: ${program.lastWords() || 'it said nothing'}.`, { cause })
    }
  }
}
