import { randomBytes } from 'node:crypto'
import { readSync, writeSync } from 'node:fs'
import type { DesktopPorts } from '../../harness/contract/platforms/desktop.ts'
import { pinDescription } from '../description.ts'
import { kdfFloor } from '../pin/kdf.ts'
import { nodePorts } from '../ports/node-ports.ts'
import { openVault } from '../vault.ts'
import { takePiece } from './arena.ts'

// An app whose memory a test looks through. It reads secrets straight from its standard input into locked memory, so
// that the copies that are found are the vault's. argv: a folder.
const [, , directory = '.'] = process.argv
const sizes = { pin: 12, wrong: 12, value: 64 }
const secrets = { pin: takePiece(sizes.pin), wrong: takePiece(sizes.wrong), value: takePiece(sizes.value) }

function fill(bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += readSync(0, bytes, at, bytes.length - at, null)
}
const turn = Buffer.alloc(1)
const say = (word: string) => {
  writeSync(1, `${word}\n`)
  fill(turn)
}

const items = new Map<string, Uint8Array>()
const real = nodePorts(directory, { write: (line) => void process.stderr.write(`${line}\n`) })
const ports: DesktopPorts = {
  ...real,
  random: { bytes: (size) => randomBytes(size) },
  // A daemon in another process would not be in this one's memory: what it holds is written out, not kept.
  keyring: {
    async set({ account }, secret) {
      items.set(account, Buffer.alloc(0))
      await real.files.write('anchor', secret)
    },
    get: async ({ account }) => (items.has(account) ? real.files.read('anchor') : null),
    delete: async ({ account }) => items.delete(account),
    find: async () => [...items.keys()],
    state: async () => 'unlocked',
  },
}
for (const { bytes } of Object.values(secrets)) fill(bytes)

const vault = openVault(
  { namespace: 'driven', directory, ports },
  { description: pinDescription, initial: 'keyring-pin', kdf: kdfFloor },
)
const codeOf = async (call: Parameters<typeof vault.invoke>[0]) => {
  const answer = await vault.invoke(call)
  return answer.is === 'fail' ? answer.failure.code : 'ok'
}
const codes = [
  await codeOf({ op: 'setUp', pin: secrets.pin.bytes }),
  await codeOf({ op: 'put', name: 'a', value: secrets.value.bytes }),
  await codeOf({ op: 'lock' }),
  await codeOf({ op: 'unlock', pin: secrets.wrong.bytes }),
  await codeOf({ op: 'unlock', pin: secrets.pin.bytes }),
]
for (let n = 0; n < 20; n++) await codeOf({ op: 'put', name: 'a', value: secrets.value.bytes })
codes.push(await codeOf({ op: 'list' }))
const read = await vault.invoke({ op: 'get', name: 'a' })
const value = read.is === 'ok' && read.value instanceof Uint8Array ? read.value : new Uint8Array()
say(`open ${codes.join()}`)

// The app's own copies go; the vault's have to go by its lock.
value.fill(0)
for (const secret of Object.values(secrets)) secret.release()
say(`zeroed ${value.length}`)
await codeOf({ op: 'lock' })
say('locked')
