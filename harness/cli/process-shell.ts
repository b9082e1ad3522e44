import { installedEngine } from './installed-engine.ts'
import type { Shell } from './shell.ts'

/** What surrounds the command line when it is a process of its own. */
export function processShell(): Shell {
  for (const out of [process.stdout, process.stderr]) {
    // Whoever read our output has left; what was judged still counts, and the exit code says it.
    out.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
  let interrupted: AbortSignal | null = null
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    engine: installedEngine,
    now: () => performance.now(),
    // Only a command that asks for it stops in good order; any other ends at once, as usual.
    get interrupted() {
      interrupted ??= onInterrupt()
      return interrupted
    },
  }
}

/** The first signal asks to stop in good order, the second stops at once. */
function onInterrupt(): AbortSignal {
  const controller = new AbortController()
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130)
    process.stderr.write('\nStopping after what is under way; once more stops at once.\n')
    controller.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  return controller.signal
}
