import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ChildProgram, endGroup, startProgram } from './child-program.ts'

/** A folder and the programs that work in it. Disposing of it ends them all and removes the folder. */
export interface OwnRun extends AsyncDisposable {
  readonly folder: string
  /** @param onWords told of each piece that it writes, to either output */
  start(
    command: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv,
    onWords?: (words: string) => void,
  ): ChildProgram
}

const listName = 'programs'
/** Of a folder: which process made it. */
const named = /^holdfast-phone-(\d+)-/

/** When a process began, in clock ticks since the kernel did; null where there is none, or it cannot be told. */
export const startOf = (pid: number): string | null => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ')[19] ?? null
  } catch {
    return null
  }
}
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}

/** Begins a run. What runs left that were killed is swept first: their programs, where they are still the same ones. */
export const createOwnRun = async (parent = tmpdir()): Promise<OwnRun> => {
  await sweep(parent)
  const folder = await mkdtemp(join(parent, `holdfast-phone-${process.pid}-`))
  const programs = new Set<ChildProgram>()
  // Outlives us, and then removes what programs that end with us leave.
  const keeper = spawn('sh', ['-c', keeping, 'sh', folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  return {
    folder,
    start(command, args, env, onWords) {
      const program = startProgram(command, args, env, onWords)
      const { pid } = program.child
      if (pid !== undefined) appendFileSync(join(folder, listName), `${pid} ${startOf(pid) ?? ''}\n`)
      programs.add(program)
      void program.ended.then(() => programs.delete(program))
      return program
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...programs].map((program) => program.end()))
      endNaming(folder)
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
      const gone = once(keeper, 'exit')
      keeper.kill('SIGKILL')
      await gone
    },
  }
}

/** What the keeper does once we are gone: ends what still works in the folder, and removes it. */
const keeping = `cat >/dev/null; sleep 3
grep -ls -- "$1" /proc/[0-9]*/environ | while IFS=/ read -r _ _ pid _; do kill -KILL "$pid"; done
rm -rf -- "$1"`

/** Ends programs that ours started and left to themselves, as adb does with its server: the folder is in what they got. */
const endNaming = (folder: string): void => {
  for (const name of existsSync('/proc') ? readdirSync('/proc') : []) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue
    try {
      if (readFileSync(`/proc/${name}/environ`, 'latin1').includes(folder)) process.kill(Number(name), 'SIGKILL')
    } catch {
      // Gone already, or another user's.
    }
  }
}

const sweep = async (parent: string): Promise<void> => {
  for (const name of await readdir(parent)) {
    const pid = named.exec(name)?.[1]
    if (pid === undefined || isAlive(Number(pid))) continue
    const folder = join(parent, name)
    for (const [program = '', since = ''] of listed(folder)) {
      if (since !== '' && startOf(Number(program)) === since) endGroup(Number(program), 'SIGKILL')
    }
    endNaming(folder)
    // One that belongs to another user stays: it is not ours to remove.
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }).catch(() => undefined)
  }
}

const listed = (folder: string): readonly (readonly string[])[] => {
  try {
    return readFileSync(join(folder, listName), 'utf8')
      .split('\n')
      .map((line) => line.split(' '))
  } catch {
    return []
  }
}
