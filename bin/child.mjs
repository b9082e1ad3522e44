import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/**
 * Runs a program with our own input and output, hands signals on, and gives its exit code. Rejects where it cannot be
 * started.
 * @param {string} program @param {readonly string[]} args
 * @param {{ readonly env?: NodeJS.ProcessEnv, readonly cwd?: string, readonly stdio?: import('node:child_process').StdioOptions,
 *   readonly shell?: boolean }} [options]
 * @returns {Promise<number>}
 */
export const runChild = (program, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options })
    // A terminal sends Ctrl-C to all of its programs by itself: handing it on as well would make two of it.
    const terminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
    /** @type {Readonly<Partial<Record<NodeJS.Signals, () => void>>>} */
    const handlers = {
      SIGINT: () => terminal || child.kill('SIGINT'),
      SIGTERM: () => child.kill('SIGTERM'),
      SIGHUP: () => child.kill('SIGHUP'),
    }
    const listen = () => Object.entries(handlers).forEach(([signal, handler]) => void process.on(signal, handler))
    const leave = () => Object.entries(handlers).forEach(([signal, handler]) => void process.off(signal, handler))
    listen()
    child.on('error', (error) => {
      leave()
      reject(error)
    })
    child.on('close', (code, signal) => {
      leave()
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))
    })
  })
