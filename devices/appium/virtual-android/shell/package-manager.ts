import type { VirtualPhone } from '../phone/virtual-phone.ts'
import { printed, type ShellProgram } from './program.ts'

const server = 'io.appium.uiautomator2.server'
const instrumentation = `instrumentation:${server}.test/androidx.test.runner.AndroidJUnitRunner (target=${server})`

/** Packages with their versions: what the driver would install is there, newer than any that it knows. */
export const packages = (phone: VirtualPhone): ReadonlyMap<string, number> =>
  new Map([
    ['io.appium.settings', 999_999],
    [server, 999_999],
    [`${server}.test`, 999_999],
    ['com.android.settings', 34],
    ...(phone.appInstalled() ? [[phone.app.package, phone.app.versionCode] as const] : []),
  ])

/** `pm`, and `cmd package`. */
export const packageManager: ShellProgram = async ([command = '', ...args], phone) => {
  const known = packages(phone)
  const name = args.findLast((arg) => !arg.startsWith('-')) ?? ''
  switch (command) {
    case 'list': {
      if (args[0] === 'instrumentation') return printed(instrumentation)
      const versions = args.includes('--show-versioncode')
      const filter = args.slice(1).find((arg) => !arg.startsWith('-') && arg !== '0') ?? ''
      const listed = [...known].filter(([one]) => one.includes(filter))
      return printed(listed.map(([one, code]) => `package:${one}${versions ? ` versionCode:${code}` : ''}`).join('\n'))
    }
    case 'path':
      return known.has(name) ? printed(`package:/data/app/${name}/base.apk`) : printed('', 1)
    case 'resolve-activity':
      return name === phone.app.package && phone.appInstalled()
        ? printed(`priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=true\n${name}/.MainActivity`)
        : printed('No activity found', 1)
    case 'clear':
      if (name !== phone.app.package) return printed('Failed', 1)
      await phone.clearApp()
      return printed('Success')
    case 'uninstall':
      if (name === phone.app.package && phone.appInstalled()) await phone.uninstallApp()
      else if (!known.has(name)) return printed('Failure [DELETE_FAILED_INTERNAL_ERROR]', 1)
      return printed('Success')
    case 'grant':
    case 'revoke':
      return printed('')
    default:
      return printed(`Unknown command: ${command}`, 255)
  }
}
