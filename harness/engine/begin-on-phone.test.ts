import { expect, it } from 'vitest'
import { virtualAndroid } from '../../devices/virtual/android/device.ts'
import type { PhoneProfile } from '../contract/controls.ts'
import type { Description } from '../contract/description.ts'
import type { AndroidModule, Answer } from '../contract/vault.ts'
import { session } from './session.ts'
import { inProcessTarget } from './target.ts'

const description: Description = {
  name: 'set-up',
  version: '1',
  platform: 'android',
  profiles: ['store', 'lifecycle'],
  operations: ['get', 'has', 'setUp'],
  values: 'bytes',
  limits: {},
  durability: 'durable',
  keyring: 'none',
  restore: 'namespace',
  derived: [],
  mapping: [],
}
const absent: Answer = { is: 'fail', failure: { code: 'not-found' } }

/** Remembers on which phone it was set up, and cannot be on the oldest. */
const vault: AndroidModule = {
  description,
  open: ({ android: app }) => ({
    description,
    async invoke({ op }): Promise<Answer> {
      if (op === 'get') return absent
      if (op === 'has') return { is: 'ok', value: (await app.noBackupFiles.list()).includes(`api-${app.sdkInt}`) }
      if (app.sdkInt < 26) return { is: 'fail', failure: { code: 'unsupported' } }
      await app.noBackupFiles.write(`api-${app.sdkInt}`, Uint8Array.of(1))
      return { is: 'ok', value: null }
    },
  }),
}
const begun = async (profile: PhoneProfile) => {
  const run = session(inProcessTarget(vault, virtualAndroid()), { prefix: 'test', deadlineMs: 1000 })
  const { events } = await run.run({
    commands: [
      { do: 'control', control: { control: 'use-phone', profile } },
      { do: 'call', op: { op: 'has', name: 'a' } },
    ],
    schedule: [],
  })
  return events.flatMap((event): readonly unknown[] =>
    event.type === 'control' ? [event.result] : event.type === 'return' ? [event.outcome] : [],
  )
}

it('a vault is set up on the phone that its program begins with', async () => {
  expect(await begun('android-28')).toEqual(['done', { is: 'ok', value: true }])
})
it('a phone on which it cannot be set up is not had', async () => {
  expect(await begun('android-q5-screen-lock-wipes')).toEqual(['skipped', { is: 'ok', value: true }])
})
