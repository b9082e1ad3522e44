import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { executable } from './executable.ts'
import { type GnomeKeyring, gnomeKeyring } from './gnome-keyring.ts'

/** A D-Bus session of our own with a GNOME Keyring in it: nothing of it is the person's. */
export interface PrivateSession extends AsyncDisposable {
  /** Everything of the session lies under this folder, which goes away with it. */
  readonly folder: string
  /** Socket of its bus. */
  readonly socket: string
  /** What a process needs to live in it. Undefined takes a variable away. */
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly keyring: GnomeKeyring
}

/** Why a private session cannot be had here; null where it can. */
export function privateSessionLacks(platform: NodeJS.Platform = process.platform): string | null {
  if (platform !== 'linux') return `a private keyring session needs Linux, this is ${platform}`
  const missing = ['dbus-daemon', 'gnome-keyring-daemon'].filter((name) => executable(name) === null)
  return missing.length === 0 ? null : `${missing.join(' and ')} not found: apt-get install dbus gnome-keyring`
}

/** No service folders: nothing starts by itself, so a keyring that was stopped stays away. */
const busConfiguration = (socket: string) => `<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`
/**
 * Runs the bus until our end of its input closes, which it does however we end; then takes bus, keyring and folder
 * away.
 */
const keeper = `
dbus-daemon --config-file="$1/bus.conf" --nofork --nopidfile --print-address 2>/dev/null &
bus=$!
read -r _
kill -KILL $bus $(cat "$1/keyring.pid" 2>/dev/null) 2>/dev/null
wait $bus
rm -rf "$1"
`

/** @throws Error with a sentence on what is missing. */
export async function privateSession(): Promise<PrivateSession> {
  const lacks = privateSessionLacks()
  if (lacks !== null) throw new Error(`Device 'host' cannot make a private session: ${lacks}.`)
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-session-'))
  const runtime = join(folder, 'run')
  const home = join(folder, 'home')
  for (const path of [runtime, home]) await mkdir(path, { mode: 0o700 })
  const socket = join(runtime, 'bus')
  await writeFile(join(folder, 'bus.conf'), busConfiguration(socket))
  const keep = spawn('/bin/sh', ['-c', keeper, 'keeper', folder], { detached: true, stdio: ['pipe', 'pipe', 'ignore'] })
  const gone = once(keep, 'exit')
  await Promise.race([once(keep.stdout, 'data'), gone])
  if (keep.exitCode !== null) throw new Error("Device 'host' could not start dbus-daemon for a private session.")
  const environment = {
    HOME: home,
    XDG_RUNTIME_DIR: runtime,
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_CACHE_HOME: join(home, '.cache'),
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${socket}`,
    GNOME_KEYRING_CONTROL: undefined,
    // No screen: nobody answers a prompt.
    DISPLAY: undefined,
    WAYLAND_DISPLAY: undefined,
  }
  const close = async () => {
    keep.stdin.end()
    keep.stdout.destroy()
    await gone
  }
  try {
    const keyring = gnomeKeyring({ environment, socket, folder, runtime })
    await keyring.start()
    return {
      folder,
      socket,
      environment,
      keyring,
      async [Symbol.asyncDispose]() {
        await keyring.stop()
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}
