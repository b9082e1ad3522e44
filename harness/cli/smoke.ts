import { randomBytes } from 'node:crypto'
import { smoke as smokeTarget } from '../adapters/smoke.ts'
import { AdapterFault } from '../engine/target.ts'
import type { Smoked, TargetSpec } from './engine.ts'
import { openTarget } from './wiring.ts'

/** Tries one vault's adapter, without judging the vault. */
export async function smoke(spec: TargetSpec, options: { readonly allowLoginKeyring: boolean }): Promise<Smoked> {
  try {
    await using target = await openTarget(spec, { ...options, cwd: process.cwd(), onProgress() {} })
    const { ok, blame, sentence } = await smokeTarget(target, `holdfast-smoke-${randomBytes(4).toString('hex')}`)
    return { ok, blame, sentence }
  } catch (error) {
    const sentence = error instanceof Error ? error.message : String(error)
    return { ok: false, blame: error instanceof AdapterFault ? 'adapter' : 'environment', sentence }
  }
}
