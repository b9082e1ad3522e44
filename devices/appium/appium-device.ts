import type { Device } from '../../harness/contract/device.ts'
import type { Environment } from '../../harness/contract/environment.ts'
import type { DrivenPhone } from './driven-phone.ts'
import { createPromptWatch } from './prompt-watch.ts'
import { webviewChannel } from './webview-channel.ts'

/** A device around a phone that is driven through Appium. */
export const appiumDevice = (
  name: string,
  phone: DrivenPhone,
  calibrate: (device: Device) => Promise<Environment>,
): Device => {
  const watch = createPromptWatch(phone)
  const device: Device = {
    name,
    controls: phone.controls,
    calibrate: () => calibrate(device),
    channel: () =>
      webviewChannel({
        ...phone,
        killApp() {
          watch.lost()
          return phone.killApp()
        },
      }),
    watched: watch,
    restore: () => phone.restore(),
    async apply(control) {
      // What comes up unseen could not be told from what never was.
      await watch.look()
      const { result, missed = false, prompt } = await phone.apply(control)
      if (missed) watch.missed()
      if (prompt === 'lost') watch.lost()
      else if (prompt !== undefined) await watch.lookAfter(prompt)
      return result
    },
    now: () => performance.now(),
    boot: () => phone.boots(),
    footprint: () => Promise.resolve(null),
    async *traces() {
      yield* phone.traces()
    },
    // Everything goes under a prefix that no other run has; what is left is the app's own to keep.
    sweep: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => phone[Symbol.asyncDispose](),
  }
  return device
}
