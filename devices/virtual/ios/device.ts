import type { Device, Effects, Misuse } from '../../../harness/contract/device.ts'
import { createClock } from '../../simulation/clock.ts'
import { createRandom } from '../../simulation/random.ts'
import { createSeam } from '../../simulation/seam.ts'
import { createApp } from './app.ts'
import { calibrate } from './calibration.ts'
import { createControls, iosControls } from './controls.ts'
import { createItems } from './items.ts'
import { createMainQueue } from './main-queue.ts'
import { createPhone } from './phone.ts'
import { createProcess } from './process.ts'
import { createPrompts } from './prompts.ts'

const done = Promise.resolve('done' as const)
const skipped = Promise.resolve('skipped' as const)
const nothing = Promise.resolve()
const noMisuse: readonly Misuse[] = []
const utf8 = new TextEncoder()

export interface VirtualIosOptions {
  /** Default true. False is Apple's simulator, which gives every item without asking. */
  readonly enforcesAccessControl?: boolean
}

/**
 * The device `virtual-ios`: an iPhone that is simulated in this process, with its keychain, prompts, defaults and clock.
 * With `enforcesAccessControl: false` it is `virtual-ios-simulator`. Everything it does is done at once.
 */
export const virtualIos = ({ enforcesAccessControl = true }: VirtualIosOptions = {}): Device => {
  const seam = createSeam()
  const clock = createClock(seam)
  const random = createRandom()
  const phone = createPhone()
  const items = createItems(phone, enforcesAccessControl)
  const prompts = createPrompts(phone)
  const main = createMainQueue()
  /** The defaults of each app on the disk. */
  let defaults = new Map<string, Map<string, string>>()
  let lines: string[] = []
  let misuse: Misuse[] = []
  let secretReads = 0
  let earlyReads = 0
  let boot = 0
  let startedAt = 0
  let untouched = true
  let restored: number | null = null
  let fell = false
  let held = false
  /** Whose program is at hand. */
  let used = ''
  let bundleVersion = 1

  const defaultsOf = (namespace: string): Map<string, string> => {
    const there = defaults.get(namespace)
    if (there !== undefined) return there
    const fresh = new Map<string, string>()
    defaults.set(namespace, fresh)
    return fresh
  }
  const started = () => {
    boot += 1
    startedAt = clock.elapsed()
    earlyReads = 0
  }
  const apply = createControls({
    phone,
    prompts,
    items,
    clock,
    defaults: () => defaultsOf(used),
    inBackup: () => items.moving(used) + defaultsOf(used).size,
    restored(count) {
      restored = count
    },
    started,
    updated() {
      bundleVersion += 1
    },
  })
  const effects: Effects = {
    ...seam,
    fireTimer: clock.passToTimer,
    drop() {
      seam.drop()
      prompts.lose()
      fell = false
    },
  }

  const device: Device = {
    name: enforcesAccessControl ? 'virtual-ios' : 'virtual-ios-simulator',
    controls: new Set(iosControls),
    calibrate: () => calibrate(device),
    ios(namespace) {
      used = namespace
      const process = createProcess(seam)
      return createApp({
        process,
        phone,
        prompts,
        items,
        group: namespace,
        enforcesAccessControl,
        clock,
        random,
        defaults: defaultsOf(namespace),
        startedAt: () => startedAt,
        bundleVersion,
        handedOut() {
          secretReads += 1
        },
        showsBeforeFirstUnlock() {
          earlyReads += 1
          return !phone.profile().hidesItemsBeforeFirstUnlock || earlyReads % 2 === 1
        },
        logged(line) {
          lines.push(line)
        },
        misused(call, rule) {
          if (process.alive()) misuse.push({ call, rule })
        },
        main,
        held() {
          held = true
        },
        fell() {
          if (!process.alive()) return
          seam.drop()
          prompts.lose()
          fell = true
        },
      })
    },
    effects,
    prompts,
    restore() {
      seam.reset()
      clock.reset()
      random.reset()
      phone.reset()
      items.reset()
      prompts.reset()
      if (defaults.size > 0) defaults = new Map()
      if (lines.length > 0) lines = []
      if (misuse.length > 0) misuse = []
      secretReads = 0
      earlyReads = 0
      boot = 0
      startedAt = 0
      bundleVersion = 1
      untouched = true
      restored = null
      fell = false
      held = false
      return nothing
    },
    apply(control) {
      const isFirst = untouched
      untouched = false
      return apply(control, isFirst) ? done : skipped
    },
    now: clock.elapsed,
    boot: () => boot,
    footprint: (namespace) =>
      Promise.resolve({ items: items.count(namespace) + (defaults.get(namespace)?.size ?? 0), secretReads }),
    async *traces(namespace) {
      yield { in: 'output', where: 'log', bytes: utf8.encode(lines.join('\n')) }
      const kept = defaults.get(namespace)
      if (kept === undefined || kept.size === 0) return
      const text = [...kept].map(([key, value]) => `${key}\n${value}\n`).join('')
      yield { in: 'file', where: 'Library/Preferences/app.plist', bytes: utf8.encode(text) }
    },
    takeRestored() {
      const taken = restored
      restored = null
      return taken
    },
    takeMisuse() {
      if (misuse.length === 0) return noMisuse
      const taken = misuse
      misuse = []
      return taken
    },
    ended: () => fell,
    takeHeld() {
      const taken = held
      held = false
      return taken
    },
    sweep(namespace) {
      items.removeAll(namespace)
      defaults.delete(namespace)
      return nothing
    },
    async [Symbol.asyncDispose]() {},
  }
  return device
}
