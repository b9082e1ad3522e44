import { UsageError } from '../harness/cli/usage-error.ts'

/** Runs a command of this folder: its exit code, and 2 with one sentence where it was used wrongly. */
export async function command(run: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await run()
  } catch (error) {
    // `parseArgs` throws type errors with a code.
    if (!(error instanceof UsageError || (error instanceof TypeError && 'code' in error))) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 2
  }
}

/** A line of progress. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`)
