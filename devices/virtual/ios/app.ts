import type { IosApp } from '../../../harness/contract/platforms/ios.ts'
import type { VirtualClock } from '../../simulation/clock.ts'
import type { RepeatableRandom } from '../../simulation/random.ts'
import { createKeychain, type KeychainParts } from './keychain.ts'
import { createLAContext } from './la-context.ts'
import { createUserDefaults } from './user-defaults.ts'

export interface AppParts extends KeychainParts {
  readonly clock: VirtualClock
  readonly random: RepeatableRandom
  readonly defaults: Map<string, string>
  /** When the phone was started, by its clock. */
  readonly startedAt: () => number
  /** Of the app that is installed. */
  readonly bundleVersion: number
  readonly logged: (line: string) => void
  readonly misused: (call: string, rule: string) => void
  /** Nothing caught what was thrown on the main thread: the process is dead. */
  readonly fell: () => void
}

/** One process of an app on the phone. */
export const createApp = (parts: AppParts): IosApp => {
  const { process, phone, clock } = parts
  return {
    get systemVersion() {
      return phone.systemVersion()
    },
    bundleVersion: parts.bundleVersion,
    keychain: createKeychain(parts),
    laContext: () => createLAContext(parts),
    userDefaults: createUserDefaults(process, phone, parts.defaults),
    isProtectedDataAvailable: () => process.pass(() => !phone.locked()),
    now: clock.port.now,
    uptime: () => clock.elapsed() - parts.startedAt(),
    asyncAfter(ms, run) {
      let wanted = true
      void clock.port.after(ms).then(() => {
        if (wanted && process.alive()) parts.main.run(run, parts.fell)
      })
      return () => {
        wanted = false
      }
    },
    randomBytes: parts.random.port.bytes,
    log(line) {
      if (process.alive()) parts.logged(line)
    },
  }
}
