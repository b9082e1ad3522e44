import type { Device, Effects, Prompts } from '../../../harness/contract/device.ts'
import { createClock } from '../../simulation/clock.ts'
import { createRandom } from '../../simulation/random.ts'
import { createSeam } from '../../simulation/seam.ts'
import { type ActHost, act, androidControls } from './acts.ts'
import { createAppData } from './app-data.ts'
import { type AppProcess, startProcess } from './app-process.ts'
import { createBiometricService } from './biometric-service.ts'
import { calibrate } from './calibration.ts'
import { createKeystore } from './keystore.ts'
import { createMisuseRecord } from './misuse.ts'
import { createPhone, resetPhone } from './phone.ts'
import { throwing } from './throwing.ts'

const done = Promise.resolve('done' as const)
const skipped = Promise.resolve('skipped' as const)
const ready = Promise.resolve()
const utf8 = new TextEncoder()

/**
 * The device `virtual-android`: a phone that is simulated in this process, with one app. Everything it does is done at
 * once, inside the call; promises are for the contract's sake.
 */
export const virtualAndroid = (): Device => {
  const seam = createSeam()
  const clock = createClock(seam)
  const random = createRandom()
  const phone = createPhone()
  const keystore = createKeystore(phone, random, clock.elapsed)
  const service = createBiometricService(phone, keystore, clock)
  const data = createAppData()
  const misuse = createMisuseRecord()
  let lines: string[] = []
  let process: AppProcess | null = null
  let restoredItems: number | null = null
  /** Whether a control was done since the device was restored. */
  let acted = false
  let fell = false
  let held = false

  const items = () => keystore.keys.size + data.entries() + data.noBackup.size
  const endProcess = () => {
    process?.end()
    process = null
  }
  const host: ActHost = {
    phone,
    keystore,
    service,
    data,
    clock,
    random,
    seam,
    misuse,
    thrown: throwing(() => phone.language),
    log: (line) => lines.push(line),
    fell() {
      seam.drop()
      endProcess()
      fell = true
    },
    process: () => process,
    endProcess,
    untouched: () => !acted && !service.anyShown() && items() === 0,
    restored(count) {
      restoredItems = count
    },
  }
  const effects: Effects = {
    ...seam,
    fireTimer: clock.passToTimer,
    drop() {
      seam.drop()
      endProcess()
      fell = false
    },
  }
  /** Nothing else is left to be waited for when the person does something: whoever waits on the main thread, waits for them. */
  const watched: Prompts = {
    ...service,
    onPhase(listen) {
      service.onPhase((prompt, phase) => {
        if (phase !== 'shown' && phase !== 'lost') held ||= process?.held === true && seam.pending() === 0
        listen(prompt, phase)
      })
    },
  }
  const restore = () => {
    seam.reset()
    endProcess()
    clock.reset()
    random.reset()
    resetPhone(phone, 'android-34', random)
    keystore.reset()
    service.reset()
    data.clear()
    data.version = 1
    misuse.take()
    if (lines.length > 0) lines = []
    restoredItems = null
    acted = false
    fell = false
    held = false
  }
  restore()

  const device: Device = {
    name: 'virtual-android',
    controls: new Set(androidControls),
    calibrate: () => calibrate(device),
    android() {
      endProcess()
      process = startProcess(host)
      return process.app
    },
    effects,
    prompts: watched,
    restore() {
      restore()
      return ready
    },
    apply(control) {
      if (!act(host, control)) return skipped
      acted = true
      return done
    },
    now: clock.elapsed,
    boot: () => phone.boots,
    footprint: () => Promise.resolve({ items: items(), secretReads: keystore.secretReads() }),
    async *traces() {
      yield { in: 'output', where: 'log', bytes: utf8.encode(lines.join('\n')) }
      for (const [where, bytes] of data.files()) yield { in: 'file', where, bytes }
    },
    takeRestored() {
      const taken = restoredItems
      restoredItems = null
      return taken
    },
    takeMisuse: misuse.take,
    ended: () => fell,
    takeHeld() {
      const taken = held
      held = false
      return taken
    },
    sweep() {
      keystore.clear()
      data.clear()
      return ready
    },
    async [Symbol.asyncDispose]() {},
  }
  return device
}
