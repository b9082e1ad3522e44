import { type ChildProcess, spawn } from 'node:child_process'

/** A program that we started, with all that it starts. */
export interface ChildProgram {
  readonly child: ChildProcess
  /** Resolves with how it ended: its status, or a signal's name. */
  readonly ended: Promise<string>
  /** The last of what it said, for people. */
  lastWords(): string
  /** Ends it with its whole group, and resolves when it is gone. */
  end(): Promise<void>
}

const keptWords = 2_000
/**
 * Runs a program beside a reader of our end of a pipe: where we die, by whatever way, the pipe ends and so does the whole
 * group. A worker that is terminated and a process that is killed run no code of ours any more.
 */
const guard = `"$@" </dev/null 3<&- & child=$!
{ cat >/dev/null; kill -TERM 0; sleep 2; kill -KILL 0; } <&3 3<&- >/dev/null 2>&1 &
wait $child`
/** How long a program may take to end in good order. Milliseconds. */
const graceMs = 3_000

/** Signals a program with all that it started. */
export const endGroup = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(-pid, signal)
  } catch {
    // Nobody of it is left.
  }
}

/**
 * Starts a program in a group of its own.
 * @param onWords told of each piece that it writes, to either output
 */
export const startProgram = (
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  onWords: (words: string) => void = () => {},
): ChildProgram => {
  const child = spawn('sh', ['-c', guard, 'sh', command, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    detached: true,
  })
  const { pid } = child
  let words = ''
  const hear = (piece: Buffer) => {
    words = (words + piece.toString()).slice(-keptWords)
    onWords(piece.toString())
  }
  child.stdout?.on('data', hear)
  child.stderr?.on('data', hear)
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (status, signal) => resolve(signal ?? String(status)))
  })
  void ended.then(() => {
    if (pid === undefined) return
    endGroup(pid, 'SIGKILL')
  })
  return {
    child,
    ended,
    lastWords: () => words.trim(),
    async end() {
      if (pid === undefined) return
      endGroup(pid, 'SIGTERM')
      const late = setTimeout(() => endGroup(pid, 'SIGKILL'), graceMs)
      await ended
      clearTimeout(late)
    },
  }
}
