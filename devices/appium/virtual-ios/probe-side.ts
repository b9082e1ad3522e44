import { accessControlFlags, type IosApp, type LAError } from '../../../harness/contract/platforms/ios.ts'
import type { NativeSide } from '../plugin-side.ts'

/** What probes ask the app's native side for, a word each, so that the phone is seen without any vault. */
export const probeVerbs = ['keep', 'read', 'ask', 'heard', 'message', 'hold', 'held', 'log'] as const
export type ProbeVerb = (typeof probeVerbs)[number]

const ours = Uint8Array.of(0x70, 0x72, 0x6f, 0x62, 0x65)
const of = (account: string) => ({ service: 'probe', account })

/** Calls of our own to the platform, made as an app makes its. Each answers in a word or two. */
export const probeSide = (app: IosApp): NativeSide => {
  const heard: string[] = []
  let words = ''
  let held = 'nothing'
  const verbs: Readonly<Record<ProbeVerb, (argument: string) => Promise<string> | string>> = {
    // An item that asks a person: bound to those enrolled, or to anybody (`any`); `open` asks nobody.
    async keep(account) {
      await app.keychain.delete(of(account))
      const flags = account.startsWith('open')
        ? 0
        : account.startsWith('any')
          ? accessControlFlags.biometryAny
          : accessControlFlags.biometryCurrentSet
      const accessControl = { accessible: 'WhenUnlockedThisDeviceOnly', flags } as const
      return String(await app.keychain.add({ ...of(account), valueData: ours, accessControl }))
    },
    // Is heard of later, where a person is asked.
    read(account) {
      void app.keychain.copyMatching({ ...of(account), returnData: true }).then(({ status, items }) => {
        const same = Buffer.compare(items[0]?.data ?? new Uint8Array(0), ours) === 0
        heard.push(status === 0 && same ? 'given' : String(status))
      })
      return 'reading'
    },
    ask() {
      void app
        .laContext()
        .evaluatePolicy('deviceOwnerAuthenticationWithBiometrics', 'calibration')
        .then((error: LAError | null) => {
          heard.push(error === null ? 'recognised' : String(error.code))
          words = error?.localizedDescription ?? ''
        })
      return 'asked'
    },
    heard: () => heard.splice(0).join(' '),
    message: () => words,
    hold(what) {
      held = what
      return 'held'
    },
    held: () => held,
    log(line) {
      app.log(line)
      return 'logged'
    },
  }
  return {
    async call(verb, argument) {
      const doing = verbs[verb as ProbeVerb]
      if (doing === undefined) throw new Error(`there is no probe '${verb}'`)
      return doing(String(argument))
    },
  }
}
