import { expect, it } from 'vitest'
import type { VaultCall } from '../../harness/contract/operations.ts'
import type { Vault } from '../../harness/contract/vault.ts'
import { grantsOf } from './grants.ts'
import { guarded } from './guarded.ts'
import { capability, page } from './sample-capability.ts'

it('asks the vault what is granted, and refuses the rest without asking it', async () => {
  const asked: VaultCall[] = []
  const vault = {
    invoke: (call: VaultCall) => {
      asked.push(call)
      return Promise.resolve({ is: 'ok', value: null } as const)
    },
  } as unknown as Vault
  let grants = grantsOf([])
  const invoke = guarded(vault, () => grants, 'linux')
  const call = { op: 'delete', name: 'main/a' } as const
  const refused = (reason: string) => ({ is: 'fail', failure: { code: 'access-denied', reason } })
  expect(await invoke(call, page('main'))).toEqual(refused('not-granted'))
  grants = grantsOf([capability({ permissions: [{ identifier: 'vault:allow-delete', allow: ['main/*'] }] })])
  expect(await invoke({ ...call, name: 'other/a' }, page('main'))).toEqual(refused('out-of-scope'))
  expect(await invoke({ op: 'slots' }, page('main'))).toEqual(refused('not-granted'))
  expect(asked).toEqual([])
  expect(await invoke(call, page('main'))).toEqual({ is: 'ok', value: null })
  expect(asked).toEqual([call])
})
