import { display } from '../phone/view.ts'
import type { VirtualPhone } from '../phone/virtual-phone.ts'
import { activityManager } from './activity-manager.ts'
import { backupManager } from './backup-manager.ts'
import { dumpsys } from './dumpsys.ts'
import { input } from './input.ts'
import { lockSettings } from './lock-settings.ts'
import { packageManager } from './package-manager.ts'
import { type Printed, printed, type ShellProgram } from './program.ts'
import { stepsOf } from './words.ts'

const silent: ShellProgram = () => printed('')

const processList = (phone: VirtualPhone): string =>
  [
    'USER           PID  PPID     VSZ    RSS WCHAN            ADDR S NAME',
    ...phone
      .processes()
      .map(
        ({ pid, name }) => `u0_a1  ${String(pid).padStart(11)}     1   10000  10000 0                   0 S ${name}`,
      ),
  ].join('\n')

const sockets = (phone: VirtualPhone): string => {
  const pid = phone.appPid()
  return [
    'Num       RefCount Protocol Flags    Type St Inode Path',
    ...(pid === null
      ? []
      : [`0000000000000000: 00000002 00000000 00010000 0001 01 ${20_000 + pid} @webview_devtools_remote_${pid}`]),
  ].join('\n')
}

/** Files of the system that are read over adb. */
const fileOf = (path: string, by: string, phone: VirtualPhone): Printed => {
  if (path === '/proc/net/unix') return printed(sockets(phone))
  const pid = /^\/proc\/(\d+)\/cmdline$/.exec(path)?.[1]
  const process = phone.processes().find((one) => String(one.pid) === pid)
  return process === undefined ? printed(`${by}: ${path}: No such file or directory`, 1) : printed(process.name)
}

const settingsStore = new WeakMap<VirtualPhone, Map<string, string>>()
const settings: ShellProgram = ([command = '', space = '', name = '', value = ''], phone) => {
  const store = settingsStore.get(phone) ?? new Map<string, string>()
  settingsStore.set(phone, store)
  const key = `${space}/${name}`
  if (command === 'put') store.set(key, value)
  if (command === 'delete') store.delete(key)
  return printed(command === 'get' ? (store.get(key) ?? 'null') : '')
}

const programs: Readonly<Record<string, ShellProgram>> = {
  am: activityManager,
  appops: silent,
  bmgr: backupManager,
  cat: ([path], phone, piped) => (path === undefined ? { out: piped, status: 0 } : fileOf(path, 'cat', phone)),
  cmd: ([service = '', ...args], phone, piped) => {
    if (service === 'package') return packageManager(args, phone, piped)
    if (service === 'lock_settings') return lockSettings(args, phone, piped)
    return printed(`cmd: Can't find service: ${service}`, 20)
  },
  date: () => printed(new Date().toISOString().replace(/\.\d+Z$/, '+0000')),
  dumpsys,
  echo: (args) => printed(args.join(' ')),
  getprop: ([name], phone) => {
    const all = phone.properties()
    return name === undefined
      ? printed(
          Object.entries(all)
            .map(([key, value]) => `[${key}]: [${value}]`)
            .join('\n'),
        )
      : { out: `${all[name] ?? ''}\n`, status: 0 }
  },
  grep: (args, phone, piped) => {
    const [pattern = '', path] = args.filter((arg) => !arg.startsWith('-'))
    const text = path === undefined ? piped : fileOf(path, 'grep', phone).out
    const found = text.split('\n').filter((line) => new RegExp(pattern).test(line))
    return printed(found.join('\n'), found.length === 0 ? 1 : 0)
  },
  input,
  locksettings: lockSettings,
  logcat: ([flag], phone) => {
    if (flag !== '-c') return printed(phone.simulation.log.join('\n'))
    phone.simulation.clearLog()
    return printed('')
  },
  mkdir: silent,
  pgrep: ([name = ''], phone) => {
    const found = phone.processes().filter((one) => one.name.includes(name))
    return printed(found.map(({ pid }) => pid).join('\n'), found.length === 0 ? 1 : 0)
  },
  pidof: ([name = ''], phone) => {
    const found = phone.processes().filter((one) => one.name === name)
    return printed(found.map(({ pid }) => pid).join(' '), found.length === 0 ? 1 : 0)
  },
  pm: packageManager,
  ps: (args, phone) =>
    args.includes('--help') ? printed('usage: ps [-AadefLlnwZ]\n\n-A\tAll processes') : printed(processList(phone)),
  reboot: (_, phone) => {
    phone.askToRestart()
    return printed('')
  },
  rm: silent,
  setprop: silent,
  settings,
  svc: silent,
  true: silent,
  update_engine_client: (args, phone) => {
    if (!args.some((arg) => arg.startsWith('--payload='))) return printed('No payload', 1)
    phone.systemUpdate.pending = true
    return printed('onPayloadApplicationComplete(ErrorCode::kSuccess (0))')
  },
  whoami: () => printed('shell'),
  wm: ([command = ''], phone) => {
    if (command === 'size') return printed(`Physical size: ${display.width}x${display.height}`)
    if (command === 'density') return printed(`Physical density: ${display.density}`)
    if (command === 'dismiss-keyguard') phone.key('WAKEUP')
    return printed('')
  },
}

/** Runs one line in the phone's shell. */
export const runLine = async (line: string, phone: VirtualPhone): Promise<Printed> => {
  let out = ''
  let status = 0
  for (const { when, pipe } of stepsOf(line)) {
    if (when === 'succeeded' ? status !== 0 : when === 'failed' && status === 0) continue
    let piped = ''
    for (const [name = '', ...args] of pipe) {
      const program = programs[name]
      const result: Printed =
        program === undefined
          ? printed(`/system/bin/sh: ${name}: inaccessible or not found`, 127)
          : await program(args, phone, piped)
      piped = result.out
      status = result.status
    }
    out += piped
  }
  return { out, status }
}
