import { expect, it } from 'vitest'
import type { Caller, Capability } from '../../harness/contract/capabilities.ts'
import type { VaultCall } from '../../harness/contract/operations.ts'
import type { Vault } from '../../harness/contract/vault.ts'
import { description as plain } from '../description.ts'
import { capabilitiesDescription, capabilitiesVault } from './capabilities-vault.ts'

const page: Caller = { window: 'main', webview: 'main', url: 'http://tauri.localhost/', platform: 'windows' }
const reads: Capability = {
  identifier: 'main',
  windows: ['main'],
  permissions: [{ identifier: 'vault:allow-get', allow: [{ name: 'a' }] }],
}
const ok = { is: 'ok', value: null } as const

function open() {
  const asked: VaultCall[] = []
  const vault: Vault = {
    description: plain,
    invoke: (call) => {
      asked.push(call)
      return Promise.resolve(ok)
    },
  }
  return { asked, ...capabilitiesVault(vault, capabilitiesDescription(plain)) }
}

it('hands on what the app asks, and of what pages ask what files grant them', async () => {
  const { asked, invoke } = open()
  expect((await invoke({ op: 'get', name: 'a', caller: page })).is).toBe('fail')
  expect(await invoke({ op: 'get', name: 'a' })).toEqual(ok)
  expect(await invoke({ op: 'grant', capabilities: [reads] })).toEqual(ok)
  expect(await invoke({ op: 'get', name: 'a', caller: page })).toEqual(ok)
  expect(asked).toEqual([
    { op: 'get', name: 'a' },
    { op: 'get', name: 'a' },
  ])
})

it('refuses a frame where the platform tells of it, and cannot where it does not', async () => {
  const { invoke } = open()
  await invoke({ op: 'grant', capabilities: [reads] })
  const frame = { ...page, frame: true } as const
  expect(await invoke({ op: 'get', name: 'a', caller: frame })).toEqual({
    is: 'fail',
    failure: { code: 'access-denied', reason: 'not-granted' },
  })
  const untold = { ...frame, platform: 'linux', url: 'tauri://localhost/' } as const
  expect(await invoke({ op: 'get', name: 'a', caller: untold })).toEqual(ok)
})

it('keeps the files that it has where new ones cannot be read', async () => {
  const { invoke } = open()
  await invoke({ op: 'grant', capabilities: [reads] })
  const unreadable = [{ ...reads, permissions: ['vault:allow-everything'] }] as unknown as readonly Capability[]
  expect(await invoke({ op: 'grant', capabilities: unreadable })).toEqual({
    is: 'fail',
    failure: { code: 'invalid-argument' },
  })
  expect(await invoke({ op: 'get', name: 'a', caller: page })).toEqual(ok)
})
