import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { root } from './pages.ts'

export interface Ended {
  /** Null where it was killed for taking too long. */
  readonly exit: number | null
  readonly output: string
  readonly errors: string
}

/** Runs a command in the checkout, with the pinned Node first on the path and no session bus. Milliseconds. */
export function runCommand(command: readonly string[], input = '', limitMs = 60_000): Promise<Ended> {
  const [program = '', ...args] = command
  const child = spawn(program, args, {
    cwd: root,
    timeout: limitMs,
    killSignal: 'SIGKILL',
    env: {
      ...process.env,
      PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`,
      PYTHONPATH: join(root, 'fixtures', 'subjects', 'python-keyring'),
      // Whoever runs the tests keeps their login keyring out of it.
      DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus',
    },
  })
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text
  })
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (exit) => resolve({ exit, output, errors }))
  })
}
