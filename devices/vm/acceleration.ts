import { constants } from 'node:fs'
import { access, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Acceleration } from './qemu-command.ts'

const schema = z.enum(['tcg', 'kvm'])
const device = '/dev/kvm'
/** Where the processor helps, a start takes two seconds. */
export const trialMs = 20_000

/**
 * How the processor is emulated here. `/dev/kvm` may be there and start no guest, so it is believed after a trial, whose
 * result is kept in the cache.
 * @param trial whether a machine comes up with KVM; called at most once for a cache
 * @throws where HOLDFAST_VM_ACCEL says something else than `tcg` or `kvm`
 */
export const findAcceleration = async (
  cache: string,
  trial: () => Promise<boolean>,
  env: Readonly<Record<string, string | undefined>> = process.env,
  usable: () => Promise<boolean> = () => access(device, constants.R_OK | constants.W_OK).then(yes, no),
): Promise<Acceleration> => {
  if (env.HOLDFAST_VM_ACCEL !== undefined) return schema.parse(env.HOLDFAST_VM_ACCEL)
  if (!(await usable())) return 'tcg'
  const file = join(cache, 'acceleration')
  const known = schema.safeParse(await readFile(file, 'utf8').catch(() => ''))
  if (known.success) return known.data
  const found = (await trial()) ? 'kvm' : 'tcg'
  await writeFile(file, found)
  return found
}

const yes = () => true
const no = () => false
