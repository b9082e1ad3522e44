import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { median } from './measure.ts'

export interface StartTime {
  /** Milliseconds from start to end of `holdfast --help`, the median. */
  readonly helpMs: number
  /** The same of Node with nothing to do: what no program can go below. */
  readonly nodeMs: number
  readonly targetMs: number
}

const program = fileURLToPath(new URL('../bin/holdfast.mjs', import.meta.url))

/** Starts the command line as a shell does, side by side with Node alone. The first start of each is not counted. */
export function startTime(times: number, now: () => number): StartTime {
  const took = (args: readonly string[]) => {
    const began = now()
    const { status, error } = spawnSync(process.execPath, args, { stdio: 'ignore' })
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}`, { cause: error })
    return now() - began
  }
  const both = Array.from({ length: times + 1 }, () => ({ help: took([program, '--help']), node: took(['-e', '0']) }))
  const counted = both.slice(1)
  return {
    helpMs: median(counted.map(({ help }) => help)),
    nodeMs: median(counted.map(({ node }) => node)),
    targetMs: 150,
  }
}
