import { createHash } from 'node:crypto'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { serve } from '../harness/adapters/serve.ts'
import { asDescribed } from './as-described.ts'
import { openDatabaseVault } from './database/database-vault.ts'
import { description as databaseDescription } from './database/description.ts'
import { description, pinDescription } from './description.ts'
import { kdfDefault, kdfFloor } from './pin/kdf.ts'
import { nodePorts } from './ports/node-ports.ts'
import { openVault } from './vault.ts'

// The reference vault over the protocol, with this machine's keyring and files; `--pin` is the one with a PIN, whose keys
// cost the default, or with `--floor` what OWASP asks for at least; `--database` is the one on an encrypted database.
// HOLDFAST_DATA names its data folder.
const options = process.argv.includes('--pin')
  ? ({ description: pinDescription, initial: 'keyring-pin' } as const)
  : ({ description, initial: 'keyring' } as const)
const kdf = process.argv.includes('--floor') ? kdfFloor : kdfDefault
const database = process.argv.includes('--database')
const { HOLDFAST_DATA, XDG_DATA_HOME } = process.env
const data = HOLDFAST_DATA ?? join(XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'holdfast', 'reference')
const log = { write: (line: string) => void process.stderr.write(`${line}\n`) }

await serve({
  description: { ...(database ? databaseDescription : options.description), secrets: 'recipes' },
  open(namespace) {
    // Hashed: a namespace need not be a file name.
    const directory = join(data, createHash('sha256').update(namespace).digest('hex').slice(0, 32))
    const context = { namespace, directory, ports: nodePorts(directory, log) }
    return database ? openDatabaseVault(context) : asDescribed(openVault(context, { ...options, kdf }))
  },
})
