import type { Control } from '../../../../harness/contract/controls.ts'
import type { AndroidApp } from '../../../../harness/contract/platforms/android.ts'
import { createClock } from '../../../simulation/clock.ts'
import { createRandom } from '../../../simulation/random.ts'
import { createSeam } from '../../../simulation/seam.ts'
import { type ActHost, act } from '../../../virtual/android/acts.ts'
import { createAppData } from '../../../virtual/android/app-data.ts'
import { type AppProcess, startProcess } from '../../../virtual/android/app-process.ts'
import {
  type BiometricService,
  createBiometricService,
  type PromptRequest,
} from '../../../virtual/android/biometric-service.ts'
import { createKeystore } from '../../../virtual/android/keystore.ts'
import { createMisuseRecord } from '../../../virtual/android/misuse.ts'
import { createPhone, resetPhone } from '../../../virtual/android/phone.ts'
import { type AndroidProfile, usualProfile } from '../../../virtual/android/profiles.ts'
import { throwing } from '../../../virtual/android/throwing.ts'

/** The simulated platform, with time going by as it does: nothing waits for a harness to let it happen. */
export interface Simulation {
  readonly host: ActHost
  /** Does to it what a person or the system does; false where that has no meaning now. */
  act(control: Control): boolean
  /** How many items of the app a backup brought since the last call; null where none was restored. */
  takeRestored(): number | null
  /** Becomes a phone of another kind, as it comes to its owner. */
  become(profile: AndroidProfile): void
  /** Lets the time go by that did, and happen what the system does after a while. */
  catchUp(): void
  /** A process of the app under test begins; one that ran is gone. */
  startApp(): AndroidApp
  endApp(): void
  /** Whether the app is in front: what it asks the system to show meanwhile is shown when it is back. */
  inFront(front: boolean): void
  /** What apps wrote to the log. */
  readonly log: readonly string[]
  clearLog(): void
  stop(): void
}

/** How often the system looks for what is due. Milliseconds. */
const tickMs = 100

/** @param now milliseconds that only grow */
export const createSimulation = (now: () => number): Simulation => {
  const seam = createSeam()
  const clock = createClock(seam)
  const random = createRandom()
  const phone = createPhone()
  resetPhone(phone, usualProfile, random)
  const keystore = createKeystore(phone, random, clock.elapsed)
  const service = createBiometricService(phone, keystore, clock)
  const log: string[] = []
  let process: AppProcess | null = null
  let front = false
  let restored: number | null = null
  let deferred: PromptRequest[] = []
  /** The service as the app has it. */
  const appService: BiometricService = {
    ...service,
    show(request) {
      if (front) service.show(request)
      else deferred.push(request)
    },
    lose(owner) {
      deferred = deferred.filter((one) => one.owner !== owner)
      service.lose(owner)
    },
  }
  const endApp = () => {
    process?.end()
    process = null
    seam.drop()
  }
  const host: ActHost = {
    phone,
    keystore,
    service,
    data: createAppData(),
    clock,
    random,
    seam,
    misuse: createMisuseRecord(),
    thrown: throwing(() => phone.language),
    log: (line) => log.push(line),
    process: () => process,
    endProcess: endApp,
    // An uncaught exception ends the process, and what it waited for.
    fell: endApp,
    untouched: () => false,
    restored(items) {
      restored = items
    },
  }
  let seen = now()
  const catchUp = () => {
    const at = now()
    const passed = Math.floor(at - seen)
    if (passed <= 0) return
    seen += passed
    clock.advance(passed)
  }
  const ticking = setInterval(() => {
    catchUp()
    seam.flush()
  }, tickMs)
  ticking.unref()
  return {
    host,
    act(control) {
      catchUp()
      return act(host, control)
    },
    takeRestored() {
      const taken = restored
      restored = null
      return taken
    },
    become: (profile) => resetPhone(phone, profile, random),
    catchUp,
    startApp() {
      catchUp()
      endApp()
      process = startProcess({ ...host, service: appService })
      return process.app
    },
    endApp,
    inFront(now) {
      front = now
      const due = front ? deferred : []
      if (front) deferred = []
      for (const request of due) service.show(request)
    },
    log,
    clearLog() {
      log.length = 0
    },
    stop() {
      clearInterval(ticking)
      endApp()
    },
  }
}
