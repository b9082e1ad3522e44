import type { Duplex } from 'node:stream'
import type { AdbStream } from './adbd/adb-stream.ts'
import type { OpenService } from './adbd/daemon.ts'
import type { ReverseService } from './adbd/reverse-service.ts'
import { streamSocket } from './adbd/stream-socket.ts'
import { type PushedFiles, serveSync } from './adbd/sync-service.ts'
import type { VirtualPhone } from './phone/virtual-phone.ts'
import { runLine } from './shell/run-line.ts'

/** Servers on the phone that adb forwards ports to. */
export interface PhoneServers {
  /** The server of uiautomator2, on its port of the phone. */
  automation(socket: Duplex): void
  /** Devtools of the webview of this process. */
  devtools(pid: number, socket: Duplex): void
  readonly reverse: ReverseService
}

/** The port on the phone that the server of uiautomator2 listens on. */
const automationPort = 6790
const frame = (kind: 1 | 3, bytes: Buffer): Buffer => {
  const head = Buffer.alloc(5)
  head[0] = kind
  head.writeUInt32LE(bytes.length, 1)
  return Buffer.concat([head, bytes])
}

/**
 * What the phone offers to adb: shells, pushed files, installation, the ports of its servers, and ports that lead out.
 * @param restart called by `adb reboot`
 */
export const phoneServices = (
  phone: VirtualPhone,
  servers: PhoneServers,
  restart: () => void,
): { readonly open: OpenService; readonly endAutomation: () => void } => {
  const files: PushedFiles = new Map()
  let instrumented: AdbStream | null = null
  const endAutomation = () => {
    phone.automation.running = false
    instrumented?.end()
    instrumented = null
  }
  const shell = async (line: string, framed: boolean, stream: AdbStream) => {
    const { out, status } = await runLine(line, phone)
    if (!framed) stream.write(out)
    else {
      if (out !== '') stream.write(frame(1, Buffer.from(out)))
      stream.write(frame(3, Buffer.from([status])))
    }
    stream.end()
    if (!phone.automation.running) endAutomation()
  }
  const open: OpenService = (service, stream, caller) => {
    const [kind = '', ...more] = service.split(':')
    const rest = more.join(':')
    const [name = '', ...options] = kind.split(',')
    if (name === 'shell' && /^am instrument\b/.test(rest)) {
      endAutomation()
      phone.automation.running = true
      instrumented = stream
      stream.onClose(() => {
        if (instrumented === stream) endAutomation()
      })
      return true
    }
    if (name === 'shell' || name === 'exec') {
      const size = /^(cmd package|pm) install\b.*-S\s+(\d+)/.exec(rest.replaceAll("'", ''))?.[2]
      if (size === undefined) void shell(rest, options.includes('v2'), stream)
      else receiveApp(stream, Number(size), phone)
      return true
    }
    if (name === 'sync') {
      serveSync(stream, files)
      return true
    }
    if (name === 'reverse') {
      servers.reverse.serve(rest, stream, caller)
      return true
    }
    if (name === 'reboot') {
      stream.end()
      restart()
      return true
    }
    if (name === 'tcp' && rest === String(automationPort)) {
      servers.automation(streamSocket(stream))
      return true
    }
    const pid = name === 'localabstract' ? /^webview_devtools_remote_(\d+)$/.exec(rest)?.[1] : undefined
    if (pid === undefined || Number(pid) !== phone.appPid()) return false
    servers.devtools(Number(pid), streamSocket(stream))
    return true
  }
  return { open, endAutomation }
}

/** `cmd package install -S size`: takes as many bytes, and looks at none of them. */
const receiveApp = (stream: AdbStream, size: number, phone: VirtualPhone): void => {
  let arrived = 0
  stream.onData((bytes) => {
    arrived += bytes.length
    if (arrived < size) return
    void phone.installApp().then(() => {
      stream.write('Success\n')
      stream.end()
    })
  })
}
