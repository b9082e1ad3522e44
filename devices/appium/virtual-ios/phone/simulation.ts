import type { Control, PhoneProfile } from '../../../../harness/contract/controls.ts'
import type { IosApp } from '../../../../harness/contract/platforms/ios.ts'
import { createClock } from '../../../simulation/clock.ts'
import { createRandom } from '../../../simulation/random.ts'
import { createSeam } from '../../../simulation/seam.ts'
import { createApp } from '../../../virtual/ios/app.ts'
import { createControls } from '../../../virtual/ios/controls.ts'
import { createItems } from '../../../virtual/ios/items.ts'
import { createMainQueue } from '../../../virtual/ios/main-queue.ts'
import { createPhone, type Phone } from '../../../virtual/ios/phone.ts'
import { createProcess } from '../../../virtual/ios/process.ts'
import { type IosProfile, iosProfiles } from '../../../virtual/ios/profiles.ts'
import { createPrompts, type PhonePrompts } from '../../../virtual/ios/prompts.ts'

/** The simulated platform, with time going by as it does: nothing waits for a harness to let it happen. */
export interface Simulation {
  readonly phone: Phone
  readonly prompts: PhonePrompts
  /** Does to it what a person or the system does; false where that has no meaning now. */
  act(control: Control): boolean
  /** Becomes a phone of another kind, which knows people by the same; false where there is none. */
  become(profile: PhoneProfile): boolean
  /** Lets the time go by that did. */
  catchUp(): void
  /** A process of the app under test begins; one that ran is gone. */
  startApp(): IosApp
  endApp(): void
  /** Told when the app ended by itself, since nothing caught what it threw. */
  onFall(listen: () => void): void
  clearItems(): void
  /** Whether the app is in front: nobody is asked for an app that is not. */
  inFront(front: boolean): void
  /** What apps wrote to the log since the last call. */
  takeLog(): readonly string[]
  stop(): void
}

/** How often the system looks for what is due. Milliseconds. */
const tickMs = 100

/**
 * @param group whose items and defaults they are: the app's
 * @param now milliseconds that only grow
 */
export const createSimulation = (group: string, now: () => number): Simulation => {
  const seam = createSeam()
  const clock = createClock(seam)
  const random = createRandom()
  const phone = createPhone()
  phone.reset()
  const items = createItems(phone, true)
  const prompts = createPrompts(phone)
  const defaults = new Map<string, string>()
  let log: string[] = []
  let front = false
  let fallen = () => {}
  let startedAt = 0
  let bundleVersion = 1
  let process: ReturnType<typeof createProcess> | null = null
  const appPrompts: PhonePrompts = {
    ...prompts,
    ask(asker) {
      if (front) prompts.ask(asker)
      else asker.end('not-interactive')
    },
  }
  const apply = createControls({
    phone,
    prompts,
    items,
    clock,
    defaults: () => defaults,
    inBackup: () => items.moving(group) + defaults.size,
    restored() {},
    started() {
      startedAt = clock.elapsed()
    },
    updated() {
      bundleVersion += 1
    },
  })
  const endApp = () => {
    process = null
    seam.drop()
    prompts.lose()
  }
  let seen = now()
  const catchUp = () => {
    const passed = Math.floor(now() - seen)
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
    phone,
    prompts,
    act(control) {
      catchUp()
      return apply(control, false)
    },
    become(profile) {
      const kind = (iosProfiles as Partial<Record<PhoneProfile, IosProfile>>)[profile]
      return kind?.biometry === phone.profile().biometry && apply({ control: 'use-phone', profile }, true)
    },
    catchUp,
    startApp() {
      catchUp()
      if (process !== null) endApp()
      const mine = createProcess(seam)
      process = mine
      return createApp({
        process: mine,
        phone,
        prompts: appPrompts,
        items,
        group,
        enforcesAccessControl: true,
        clock,
        random,
        defaults,
        startedAt: () => startedAt,
        bundleVersion,
        handedOut() {},
        showsBeforeFirstUnlock: () => true,
        logged: (line) => log.push(line),
        misused() {},
        main: createMainQueue(),
        held() {},
        fell() {
          if (mine !== process) return
          endApp()
          fallen()
        },
      })
    },
    endApp,
    onFall(listen) {
      fallen = listen
    },
    clearItems: () => items.removeAll(group),
    inFront(now) {
      front = now
    },
    takeLog() {
      const taken = log
      log = []
      return taken
    },
    stop() {
      clearInterval(ticking)
      endApp()
    },
  }
}
