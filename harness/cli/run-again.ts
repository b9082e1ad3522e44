import type { Replayed, TargetSpec } from './engine.ts'
import type { Shell } from './shell.ts'

/**
 * Runs something recorded again on a target, and tells what came of it.
 * @param anew the program that is told may be another than was given: also tell how it was found, and its token
 * @returns the exit code: 3 where the target cannot run on this machine
 */
export async function runAgain(
  target: TargetSpec,
  shell: Shell,
  anew: boolean,
  run: () => Promise<Replayed>,
): Promise<number> {
  const lacks = await shell.engine.missing(target.device)
  if (lacks.length > 0) {
    shell.stderr.write(`holdfast: ${target.name} cannot run here: ${lacks.join(' ')}\n`)
    return 3
  }
  const again = await run()

  const { replayed } = await import('../../reports/replayed.ts')
  const { requirementTexts } = await import('./requirement-texts.ts')
  const { paintFor } = await import('../../reports/paint.ts')
  const texts = await requirementTexts(shell.engine)
  const columns = shell.stdout.columns ?? 80
  shell.stdout.write(replayed(again, { texts, columns, paint: paintFor(shell.stdout, shell.env), anew }))
  return again.exit
}
