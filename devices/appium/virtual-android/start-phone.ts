import { setTimeout as sleep } from 'node:timers/promises'
import { askAdb } from '../android/adb-host.ts'
import { freePair } from '../free-port.ts'
import { startDaemon } from './adbd/daemon.ts'
import { reverseService } from './adbd/reverse-service.ts'
import { automationServer, createAutomation } from './automation/server.ts'
import { startConsole } from './emulator-console.ts'
import type { InstalledApp } from './phone/installed-app.ts'
import { createVirtualPhone, type PageHost, type VirtualPhone } from './phone/virtual-phone.ts'
import { phoneServices } from './services.ts'

/** A phone that adb can be told of. Disposing of it leaves nothing. */
export interface StartedPhone extends AsyncDisposable {
  readonly phone: VirtualPhone
  /** Its port of the console, and one more that of the daemon. */
  readonly port: number
  /** `emulator-40000`. */
  readonly serial: string
  /** Connections of apps that went out by a port that leads to this machine. */
  dialledOut(): number
  /** Resolves when adb sees it again, after a restart was asked for. */
  up(): Promise<void>
}

/** Webviews of the phone, and what its screen looks like. */
export interface PhonePages extends PageHost, AsyncDisposable {
  devtools(pid: number, socket: import('node:stream').Duplex): void
  picture(phone: VirtualPhone): Promise<Buffer>
}

/** How often two free ports are looked for, where somebody else takes one of them meanwhile. */
const mostTries = 5
/** How long adb gets to say hello, and how often it is told. */
const announceMs = 25
const mostAnnounced = 100

/**
 * Starts a virtual phone: its daemon and console on two free ports of the loopback.
 * @param adbPort of the adb server that is told of it, as an emulator tells its own
 * @param pages makes its webviews, which know the phone once it is there
 * @param onWire told of all that adb carries
 */
export const startPhone = async (
  app: InstalledApp,
  adbPort: number,
  pages: (phone: () => VirtualPhone) => Promise<PhonePages>,
  onWire: (bytes: Uint8Array) => void = () => {},
): Promise<StartedPhone> => {
  let made: VirtualPhone | null = null
  const shown = await pages(() => {
    if (made === null) throw new Error('the phone is not there yet')
    return made
  })
  const phone = createVirtualPhone(app, shown, () => performance.now())
  made = phone
  const automation = automationServer(
    createAutomation(
      phone,
      () => shown.picture(phone),
      () => services.endAutomation(),
    ),
    () => phone.automation.running,
  )
  const reverse = reverseService()
  const services = phoneServices(
    phone,
    {
      automation: (socket) => automation.emit('connection', socket),
      devtools: (pid, socket) => shown.devtools(pid, socket),
      reverse,
    },
    () => phone.askToRestart(),
  )
  const { port, daemon, emulatorConsole } = await listen(phone, services.open, onWire)
  const restart = async () => {
    services.endAutomation()
    daemon.cut()
    await phone.reboot()
    await announce()
  }
  /** Adb takes a while to see that a phone went, and hears nothing of the same one until then. */
  const announce = async () => {
    for (let tries = 0; tries < mostAnnounced; tries++) {
      await askAdb(adbPort, `host:emulator:${port + 1}`)
      await sleep(announceMs)
      if (daemon.connected() > 0) return
    }
  }
  await announce()
  let restarted = Promise.resolve()
  phone.onRestart(() => {
    restarted = restart()
  })
  return {
    phone,
    port,
    serial: `emulator-${port}`,
    dialledOut: reverse.carried,
    up: () => restarted,
    async [Symbol.asyncDispose]() {
      services.endAutomation()
      await Promise.all([daemon.close(), emulatorConsole.close()])
      await phone.stop()
      await shown[Symbol.asyncDispose]()
    },
  }
}

const listen = async (
  phone: VirtualPhone,
  open: Parameters<typeof startDaemon>[2],
  onWire: (bytes: Uint8Array) => void,
) => {
  const commands = { touch: phone.touch, lift() {}, avdName: () => 'Holdfast_virtual_phone' }
  for (let tries = 1; ; tries++) {
    const port = await freePair()
    let emulatorConsole: Awaited<ReturnType<typeof startConsole>> | null = null
    try {
      emulatorConsole = await startConsole(port, commands)
      return { port, emulatorConsole, daemon: await startDaemon(port + 1, phone.properties(), open, onWire) }
    } catch (error) {
      await emulatorConsole?.close()
      if (tries >= mostTries) throw error
    }
  }
}
