import { createHash, createHmac, createSecretKey } from 'node:crypto'
import { join } from 'node:path'
import { serve } from '../harness/adapters/serve.ts'
import type { DesktopPorts } from '../harness/contract/platforms/desktop.ts'
import { asDescribed } from '../reference/as-described.ts'
import { pinDescription } from '../reference/description.ts'
import { nodePorts } from '../reference/ports/node-ports.ts'
import { openVault } from '../reference/vault.ts'

// The reference vault with a PIN as a process of its own, with real files and keyring, and one HMAC in place of Argon2id:
// what is measured with it is everything else.
const data = process.env.HOLDFAST_DATA ?? process.cwd()
const reduced: DesktopPorts['kdf'] = {
  argon2id: async ({ password, salt, memoryKiB, iterations, parallelism, length }) =>
    createHmac('sha512', createSecretKey(salt))
      .update(password)
      .update(`/${memoryKiB}/${iterations}/${parallelism}`)
      .digest()
      .subarray(0, length),
}
const log = { write: (line: string) => void process.stderr.write(`${line}\n`) }
await serve({
  description: { ...pinDescription, secrets: 'recipes' },
  open(namespace) {
    const directory = join(data, createHash('sha256').update(namespace).digest('hex').slice(0, 32))
    const ports = { ...nodePorts(directory, log), kdf: reduced }
    return asDescribed(
      openVault({ namespace, directory, ports }, { description: pinDescription, initial: 'keyring-pin' }),
    )
  },
})
