import { createHmac, createSecretKey, pbkdf2 } from 'node:crypto'
import { promisify } from 'node:util'
import type { Derivation } from '../../harness/contract/device.ts'
import type { Argon2idInput, Kdf, Pbkdf2Input } from '../../harness/contract/platforms/desktop.ts'
import type { Seam } from '../simulation/seam.ts'

/** How keys are derived: at the cost that was asked for, or at none, where programs run by the thousand. */
export type KdfCost = 'production' | 'reduced'

/** Labels a reduced cost wherever it was used, so that no report passes it off as the real one. */
export const kdfLabel: Readonly<Record<KdfCost, string>> = {
  production: 'Argon2id by hash-wasm, PBKDF2 by Node, at the cost asked for',
  reduced: 'REDUCED: one HMAC in place of each derivation; the cost asked for is recorded, not spent',
}

/** The key derivation of the simulated desktop. What was asked for is noted either way. */
export const createKdf = (seam: Seam, cost: KdfCost, note: (derivation: Derivation) => void): Kdf => ({
  argon2id: (input) =>
    seam.pass(() => {
      const { memoryKiB, iterations, parallelism, salt } = input
      note({ algorithm: 'argon2id', memoryKiB, iterations, parallelism, saltBytes: salt.length })
      return cost === 'reduced' ? reduced(input) : seam.follow(production(input))
    }),
  pbkdf2: (input) =>
    seam.pass(() => {
      const { digest, iterations, salt } = input
      note({ algorithm: `pbkdf2-hmac-${digest}`, memoryKiB: 0, iterations, parallelism: 1, saltBytes: salt.length })
      return cost === 'reduced' ? reducedPbkdf2(input) : seam.follow(productionPbkdf2(input))
    }),
})

const reducedPbkdf2 = ({ digest, ...input }: Pbkdf2Input): Uint8Array =>
  reduced({ ...input, memoryKiB: 0, parallelism: digest === 'sha256' ? 256 : 512 })
const productionPbkdf2 = ({ password, salt, iterations, length, digest }: Pbkdf2Input): Promise<Uint8Array> =>
  promisify(pbkdf2)(password, salt, iterations, length, digest)

/** As different for every input as the real one, in a microsecond. */
function reduced({ password, salt, memoryKiB, iterations, parallelism, length }: Argon2idInput): Uint8Array {
  // As a key object: Node finds out that a key is bytes by catching an exception.
  const key = createHmac('sha512', createSecretKey(salt))
    .update(password)
    .update(`/${memoryKiB}/${iterations}/${parallelism}`)
    .digest()
  return new Uint8Array(key.subarray(0, length))
}

/** Real work in WebAssembly: it goes on outside the seam once its effect is let through. */
async function production(input: Argon2idInput): Promise<Uint8Array> {
  // Loaded on the first use only: most programs derive nothing.
  const { argon2id } = await import('hash-wasm')
  return argon2id({
    password: input.password,
    salt: input.salt,
    memorySize: input.memoryKiB,
    iterations: input.iterations,
    parallelism: input.parallelism,
    hashLength: input.length,
    outputType: 'binary',
  })
}
