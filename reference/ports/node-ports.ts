import { randomBytes } from 'node:crypto'
import { setTimeout as after } from 'node:timers/promises'
import type { DesktopPorts, Log } from '../../harness/contract/platforms/desktop.ts'
import { napiKeyring } from './napi-keyring.ts'
import { nodeFiles } from './node-files.ts'
import { workerKdf } from './worker-kdf.ts'

/** The real desktop: this machine's keyring, and files in a folder. */
export function nodePorts(directory: string, log: Log): DesktopPorts {
  return {
    keyring: napiKeyring(),
    files: nodeFiles(directory),
    random: { bytes: (size) => randomBytes(size) },
    // A wait alone keeps no process from ending.
    clock: { now: Date.now, after: (ms) => after(ms, undefined, { ref: false }) },
    kdf: workerKdf,
    log,
  }
}
