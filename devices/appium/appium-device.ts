import { setImmediate as heard } from 'node:timers/promises'
import { type Device, DeviceFault } from '../../harness/contract/device.ts'
import type { Environment } from '../../harness/contract/environment.ts'
import { endsApp } from '../../harness/contract/restoring.ts'
import { dialChannel } from './dial/dial-channel.ts'
import { dialVariable, type Switchboard } from './dial/switchboard.ts'
import type { DrivenPhone } from './driven-phone.ts'
import { inTurn } from './in-turn.ts'
import { createPromptWatch } from './prompt-watch.ts'
import { webviewChannel } from './webview-channel.ts'

/** Drivers say much: of one error this many characters are told. */
const mostWhy = 200

/**
 * A device around a phone that is driven through Appium. One thing is done at a time: an answer that follows from a control
 * is fetched after what the control did to a prompt was told.
 * @param dial where the app connects to; null where it is reached by its page
 */
export const appiumDevice = (
  name: string,
  phone: DrivenPhone,
  calibrate: (device: Device) => Promise<Environment>,
  dial: Switchboard | null = null,
): Device => {
  const next = inTurn()
  /** What a driver throws says nothing of the vault. */
  const turn = <T>(work: () => Promise<T>): Promise<T> =>
    next(work).catch((cause: unknown) => {
      if (cause instanceof DeviceFault) throw cause
      const why = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]?.slice(0, mostWhy) ?? ''
      throw new DeviceFault(`The phone of ${name}, or the way to it, failed: ${why}`, { cause })
    })
  const watch = createPromptWatch(phone)
  // On a phone that is gone the app is dead already; whoever asks it next is told.
  const killApp = () =>
    next(async () => {
      await watch.look()
      watch.lost()
      await phone.killApp()
    }).catch(() => undefined)
  const toPage = () =>
    webviewChannel({
      showApp: () => turn(phone.showApp),
      exchange: (lines, waitMs) => next(() => phone.exchange(lines, waitMs)),
      killApp,
    })
  const dialled = (switchboard: Switchboard) =>
    dialChannel(switchboard, {
      async launch(url) {
        const { launch } = phone
        if (launch === undefined)
          throw new DeviceFault(`${name} cannot start an app with an address to dial: use webview: there.`)
        await turn(async () => {
          const there = (await phone.leadHere?.(switchboard.port)) ?? switchboard.port
          await launch({ [dialVariable]: url.replace(`:${switchboard.port}/`, `:${there}/`) })
        })
      },
      killApp,
      deliver: (said) => void next(async () => said()),
    })
  const device: Device = {
    name,
    controls: phone.controls,
    calibrate: () => calibrate(device),
    channel: () => (dial === null ? toPage() : dialled(dial)),
    watched: {
      look: (over) =>
        turn(async () => {
          // What was fetched last is heard before it is asked for.
          await heard()
          return over?.() === true ? false : watch.look()
        }),
      answer: () => turn(watch.answer),
      onPhase: watch.onPhase,
    },
    restore: () => turn(phone.restore),
    restoreEnds: () => endsApp(phone.restoring.way()),
    restoring: phone.restoring,
    apply: (control) =>
      turn(async () => {
        // What comes up unseen could not be told from what never was.
        await watch.look()
        const { result, missed = false, prompt } = await phone.apply(control)
        if (missed) watch.missed()
        if (prompt === 'lost') watch.lost()
        else if (prompt !== undefined) await watch.lookAfter(prompt)
        return result
      }),
    now: () => performance.now() + (phone.passed?.() ?? 0),
    boot: () => phone.boots(),
    footprint: () => Promise.resolve(null),
    async *traces() {
      yield* await turn(phone.traces)
    },
    ...(phone.takeRestored === undefined ? {} : { takeRestored: phone.takeRestored }),
    ...(phone.film === undefined ? {} : { film: phone.film }),
    // Everything goes under a prefix that no other run has; what is left is the app's own to keep.
    sweep: () => Promise.resolve(),
    async [Symbol.asyncDispose]() {
      await dial?.[Symbol.asyncDispose]()
      await phone[Symbol.asyncDispose]()
    },
  }
  return device
}
