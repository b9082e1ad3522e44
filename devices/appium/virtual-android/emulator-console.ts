import { createServer, type Socket } from 'node:net'
import { listening } from './adbd/daemon.ts'

/** What the console does to the phone. */
export interface ConsoleCommands {
  /** `finger touch ID`. */
  touch(finger: number): void
  /** `finger remove`. */
  lift(): void
  avdName(): string
}
export interface EmulatorConsole {
  close(): Promise<void>
}

/** What one line of the console is answered with: lines, the last of them `OK` or `KO: why`. Null ends the connection. */
export const answerConsole = (line: string, commands: ConsoleCommands): readonly string[] | null => {
  const words = line.trim().split(/\s+/)
  const [command = '', ...rest] = words
  switch (command) {
    case '':
      return []
    case 'quit':
    case 'exit':
      return null
    // Nothing here is secret: any token will do, as on an emulator whose token file is empty.
    case 'auth':
    case 'ping':
      return ['OK']
    case 'help':
      return ['Android console commands:', '    auth  avd  finger  help  ping  quit|exit', 'OK']
    case 'avd':
      return rest[0] === 'name' ? [commands.avdName(), 'OK'] : ['KO: missing or unknown sub-command']
    case 'finger': {
      const [what, id = ''] = rest
      if (what === 'touch' && /^\d+$/.test(id)) {
        commands.touch(Number(id))
        return ['OK']
      }
      if (what === 'touch') return ['KO: invalid finger id: must be a number']
      if (what !== 'remove') return ['KO: missing or unknown sub-command']
      commands.lift()
      return ['OK']
    }
    default:
      return [`KO: unknown command, try 'help'`]
  }
}

/** The console of an emulator, on a port of the loopback. Resolves when it listens. */
export const startConsole = async (port: number, commands: ConsoleCommands): Promise<EmulatorConsole> => {
  const connections = new Set<Socket>()
  const server = createServer((socket) => {
    connections.add(socket)
    socket.on('close', () => connections.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.setNoDelay(true)
    socket.write("Android Console: type 'help' for a list of commands\r\nOK\r\n")
    let left = ''
    socket.on('data', (chunk) => {
      const lines = (left + chunk.toString()).split(/\r?\n/)
      left = lines.pop() ?? ''
      for (const line of lines) {
        const answer = answerConsole(line, commands)
        if (answer === null) return socket.end()
        if (answer.length > 0) socket.write(`${answer.join('\r\n')}\r\n`)
      }
    })
  })
  await listening(server, port)
  return {
    close() {
      for (const socket of connections) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
