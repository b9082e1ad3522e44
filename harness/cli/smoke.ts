import { randomBytes } from 'node:crypto'
import type { Smoked, SmokeOptions, TargetSpec } from './engine.ts'
import { openInThread } from './opened-target.ts'

/** Errors of a target that could not be opened for which its adapter is to blame. */
const ofAdapter: ReadonlySet<string> = new Set(['AdapterFault', 'WrongDevice'])

/** Tries one vault's adapter, without judging the vault. */
export async function smoke(spec: TargetSpec, { allowLoginKeyring, patience }: SmokeOptions): Promise<Smoked> {
  const prefix = `holdfast-smoke-${randomBytes(4).toString('hex')}`
  try {
    await using target = await openInThread(spec, { prefix, allowLoginKeyring, patience })
    const { ok, blame, sentence } = await target.tryAdapter()
    return { ok, blame, sentence }
  } catch (error) {
    const sentence = error instanceof Error ? error.message : String(error)
    const adapter = error instanceof Error && ofAdapter.has(error.name)
    return { ok: false, blame: adapter ? 'adapter' : 'environment', sentence }
  }
}
