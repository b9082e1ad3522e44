import type { Description } from '../harness/contract/description.ts'
import type { Secret } from '../harness/contract/values.ts'
import type { Answer, VaultModule } from '../harness/contract/vault.ts'

const description: Description = {
  name: 'map',
  version: '1',
  profiles: ['store'],
  operations: ['put', 'get', 'delete', 'has', 'list'],
  values: 'bytes',
  limits: {},
  durability: 'process',
  keyring: 'none',
  restore: 'namespace',
  derived: [],
  mapping: [],
}
const done: Answer = { is: 'ok', value: null }
const notFound: Answer = { is: 'fail', failure: { code: 'not-found' } }

/** The least that is a vault: a Map. What is measured with it is the harness alone. */
export const mapVault: VaultModule = {
  description,
  open() {
    const entries = new Map<string, Secret>()
    return {
      description,
      async invoke(call) {
        switch (call.op) {
          case 'put':
            entries.set(call.name ?? '', call.value)
            return done
          case 'get': {
            const value = entries.get(call.name ?? '')
            return value === undefined ? notFound : { is: 'ok', value }
          }
          case 'delete':
            entries.delete(call.name ?? '')
            return done
          case 'has':
            return { is: 'ok', value: entries.has(call.name ?? '') }
          case 'list':
            return { is: 'ok', value: [...entries.keys()] }
          default:
            return { is: 'fail', failure: { code: 'unsupported' } }
        }
      },
    }
  },
}
