import type { VirtualPhone } from '../phone/virtual-phone.ts'
import { type Printed, printed, type ShellProgram } from './program.ts'

/** The value after a flag. */
const after = (args: readonly string[], flag: string): string | null => {
  const at = args.indexOf(flag)
  return at < 0 ? null : (args[at + 1] ?? null)
}

/** Texts of an intent: `--es name value`, any number of them. */
const extrasOf = (args: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    args.flatMap((flag, at) => (flag === '--es' || flag === '-e' ? [[args[at + 1] ?? '', args[at + 2] ?? '']] : [])),
  )

/** On the phone, loaded into the app's process by `am attach-agent`. */
export const forgingAgent = '/data/local/tmp/forge-match.so'
const confirmCredential = 'android.app.action.CONFIRM_DEVICE_CREDENTIAL'

const start = async (args: readonly string[], phone: VirtualPhone): Promise<Printed> => {
  const action = after(args, '-a')
  const component = after(args, '-n')
  const started = (what: string) => printed(`Starting: Intent { ${what} }\nStatus: ok\nComplete`)
  if (component === null && action === confirmCredential)
    return phone.confirmCredential() ? started(`act=${action}`) : printed('Error: Activity not started', 1)
  if (component === null && action !== null)
    return phone.openSettings(action)
      ? started(`act=${action}`)
      : printed(`Error: Activity not started, unable to resolve Intent { act=${action} }`, 1)
  if (component?.split('/')[0] !== phone.app.package || !phone.appInstalled())
    return printed(`Error type 3\nError: Activity class {${component ?? ''}} does not exist.`, 1)
  if (args.includes('-S')) await phone.stopApp()
  await phone.startApp(extrasOf(args))
  return printed(
    `Starting: Intent { cmp=${component} }\nStatus: ok\nLaunchState: COLD\nActivity: ${component}\nTotalTime: 90\nWaitTime: 92\nComplete`,
  )
}

/** What io.appium.settings hears, which the driver installs on phones. */
const broadcast = (args: readonly string[], phone: VirtualPhone): Printed => {
  const { lang: language } = extrasOf(args)
  if (after(args, '-a') === 'io.appium.settings.locale' && (language === 'en' || language === 'de'))
    phone.setLanguage(language)
  return printed(`Broadcasting: Intent { act=${after(args, '-a') ?? ''} }\nBroadcast completed: result=-1`)
}

/** `am`. Its `instrument` is no program that ends: the daemon holds it open. */
export const activityManager: ShellProgram = async ([command = '', ...args], phone) => {
  switch (command) {
    case 'start':
    case 'start-activity':
      return start(args, phone)
    case 'broadcast':
      return broadcast(args, phone)
    case 'force-stop':
    case 'kill':
      if (args.at(-1) === phone.app.package) await phone.stopApp()
      if (args.at(-1)?.startsWith('io.appium.uiautomator2.server')) phone.automation.running = false
      return printed('')
    // The agent that is in every virtual phone calls the app's callback as if somebody had matched.
    case 'attach-agent':
      if (args[1] !== forgingAgent || args[0] !== phone.app.package) return printed(`Error: no agent ${args[1]}`, 1)
      phone.simulation.act({ control: 'forge-match' })
      return printed('')
    case 'startservice':
    case 'start-foreground-service':
      return printed('Starting service')
    default:
      return printed(`Unknown command: ${command}`, 255)
  }
}
