import { z } from 'zod'
import { type AgentLink, linkTo } from '../linux/agent-link.ts'
import { bootDeadlineMs, type VmBoot, VmFault } from './boot.ts'
import type { Port } from './port.ts'
import type { Start } from './qemu-command.ts'

/** Somebody in the machine: who starts processes as them, in what surroundings, and the agent that does things for us. */
export interface LoggedIn {
  readonly port: Port
  readonly surroundings: Readonly<Record<string, string>>
  readonly link: AgentLink
}

const agentDeadlineMs = 300_000
const user = 'holdfast'
const rootPath = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' }

/** What every process of the machine's user has. Their run folder is that of the start, or the one that systemd makes at a login. */
const surroundingsOf = (run: string): Readonly<Record<string, string>> => ({
  PATH: '/holdfast/node_modules/node/bin:/usr/local/bin:/usr/bin:/bin',
  HOME: '/home/holdfast',
  LANG: 'C.UTF-8',
  XDG_RUNTIME_DIR: run,
  DBUS_SESSION_BUS_ADDRESS: `unix:path=${run}/bus`,
  HOLDFAST_DATA: '/home/holdfast/data',
  HOLDFAST_KEYRING: 'gnome-keyring',
  HOLDFAST_START_SECONDS: '300',
})
const surroundings: Readonly<Record<Start, Readonly<Record<string, string>>>> = {
  tiny: surroundingsOf('/run/holdfast/user'),
  systemd: { ...surroundingsOf('/run/user/1000'), HOLDFAST_SESSION: 'login' },
}

/**
 * Runs a command to its end as root. What it printed.
 * @param input a line that it reads: a password has no place among its arguments
 * @throws VmFault where it fails
 */
export const runAsRoot = async (boot: VmBoot, command: readonly string[], input?: string): Promise<string> => {
  const { channel } = boot.machine.start(command, rootPath, 'root')
  if (input !== undefined) channel.send(input)
  const said: string[] = []
  for await (const line of channel.lines) said.push(line)
  const ended = await channel.ended
  if (ended === '0') return said.join('\n')
  const why = channel.takeErrors().trim()
  throw new VmFault(`'${command.join(' ')}' ended with ${ended} in the virtual machine: ${why}`)
}

/** Types name and password on the console, as a person does, and starts what serves us in their session. */
const typeIn = async (boot: VmBoot, password: string): Promise<void> => {
  const { console } = boot
  const shown = (what: RegExp, name: string) => boot.within(bootDeadlineMs, console.shows(what), `did not show ${name}`)
  await shown(/ login: /, 'a login on its console')
  console.type(user)
  await shown(/Password: /, 'that it wants a password')
  console.type(password)
  await shown(/\$ $|incorrect/, 'a shell')
  console.type('exec python3 -BIS /opt/holdfast/machine/machine.py session')
  await boot.within(agentDeadlineMs, boot.session.hello(), 'did not serve its session')
}

/**
 * Logs in: by the password that is typed on the console, whose PAM opens the keyring, or where only the tiny init runs by
 * an agent that opens a session bus and a keyring with it.
 */
export const logIn = async (boot: VmBoot, start: Start, password: string): Promise<LoggedIn> => {
  if (start === 'systemd') await typeIn(boot, password)
  const port = start === 'systemd' ? boot.session : boot.machine
  const around = surroundings[start]
  const { channel } = port.start(['python3', '-B', '/opt/holdfast/agent/agent.py'], around, 'holdfast')
  const link = linkTo(channel, agentDeadlineMs, () => void boot.cut())
  await link.ask({ do: 'login', password }, z.unknown())
  return { port, surroundings: around, link }
}

/**
 * Gives the machine's user this password, and has them log in and out: the login makes the keyring, which GNOME Keyring 42
 * shows on the bus from the next one on.
 */
export const welcome = async (boot: VmBoot, password: string): Promise<void> => {
  await runAsRoot(boot, ['sh', '-ec', 'read -r line; echo "$line" | chpasswd'], `${user}:${password}`)
  await typeIn(boot, password)
  await logOut(boot)
}

/**
 * Ends a session as its person does: what serves it ends, PAM closes it, and what they had left running is ended by
 * systemd, as where logind is told to (`KillUserProcesses=yes`).
 */
export const logOut = async (boot: VmBoot): Promise<void> => {
  boot.session.stop()
  await boot.within(agentDeadlineMs, boot.console.shows(/ login: /), 'did not show a login after a log-out')
  await runAsRoot(boot, ['systemctl', 'stop', 'user-1000.slice'])
  boot.session.lose()
}
