import type { Kdf } from '../../harness/contract/platforms/desktop.ts'
import type { Seam } from './seam.ts'

/** Argon2id in WebAssembly. Real work, so it goes on outside the seam once its effect is let through. */
export const createKdf = (seam: Seam): Kdf => ({
  argon2id: (input) =>
    seam.pass(() =>
      seam.follow(
        // Loaded on the first use only: most programs derive nothing.
        import('hash-wasm').then(({ argon2id }) =>
          argon2id({
            password: input.password,
            salt: input.salt,
            memorySize: input.memoryKiB,
            iterations: input.iterations,
            parallelism: input.parallelism,
            hashLength: input.length,
            outputType: 'binary',
          }),
        ),
      ),
    ),
})
