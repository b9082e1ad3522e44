import { expect, test } from 'vitest'
import type { Control } from '../../../harness/contract/controls.ts'
import type { Description } from '../../../harness/contract/description.ts'
import type { Event } from '../../../harness/contract/history.ts'
import { type AndroidApp, type Cipher, JavaThrowable } from '../../../harness/contract/platforms/android.ts'
import type { Command } from '../../../harness/contract/program.ts'
import type { AndroidModule, Answer } from '../../../harness/contract/vault.ts'
import { session } from '../../../harness/engine/session.ts'
import { inProcessTarget } from '../../../harness/engine/target.ts'
import { strongPrompt } from './bench.ts'
import { virtualAndroid } from './device.ts'

const description: Description = {
  name: 'plain',
  version: '1',
  platform: 'android',
  profiles: ['store', 'biometric'],
  operations: ['put', 'get', 'delete'],
  values: 'text',
  limits: {},
  durability: 'durable',
  keyring: 'none',
  restore: 'namespace',
  derived: [],
  mapping: [],
}

/** One key that asks a person for each use; a new BiometricPrompt for each call, as plugins do. */
const plain: AndroidModule = {
  description,
  open({ android: app }: { readonly android: AndroidApp }) {
    const transformation = 'AES/GCM/NoPadding'
    const entries = () => app.sharedPreferences('entries')
    const ask = (cipher: Cipher) =>
      new Promise<void>((resolve, reject) =>
        app
          .activity()
          .biometricPrompt({
            onAuthenticationSucceeded: () => resolve(),
            onAuthenticationError: (code) => reject(new Error(String(code))),
          })
          .authenticate(strongPrompt, { cipher }),
      )
    const put = async (name: string, value: string): Promise<Answer> => {
      const spec = { alias: 'k', transformation, userAuthenticationRequired: true } as const
      const key = (await app.keyStore.getKey('k')) ?? (await app.keyStore.generateKey(spec))
      const cipher = app.keyStore.cipher(transformation)
      await cipher.init('encrypt', key)
      await ask(cipher)
      const sealed = Buffer.concat([cipher.iv, await cipher.doFinal(Buffer.from(value))])
      await entries().edit().putString(name, sealed.toString('base64')).commit()
      return { is: 'ok', value: null }
    }
    const get = async (name: string): Promise<Answer> => {
      const kept = await entries().getString(name)
      const key = await app.keyStore.getKey('k')
      if (kept === null || key === null) return { is: 'fail', failure: { code: 'not-found' } }
      const sealed = Buffer.from(kept, 'base64')
      const cipher = app.keyStore.cipher(transformation)
      await cipher.init('decrypt', key, sealed.subarray(0, 12))
      await ask(cipher)
      return { is: 'ok', value: Buffer.from(await cipher.doFinal(sealed.subarray(12))).toString() }
    }
    return {
      description,
      async invoke(call): Promise<Answer> {
        try {
          if (call.op === 'put' && call.name !== undefined) return await put(call.name, String(call.value))
          if (call.op === 'get' && call.name !== undefined) return await get(call.name)
          return { is: 'fail', failure: { code: 'unsupported' } }
        } catch (error) {
          if (error instanceof JavaThrowable)
            return { is: 'native', native: { domain: 'java', code: null, type: error.className, message: '' } }
          return { is: 'fail', failure: { code: 'auth-failed' } }
        }
      },
    }
  },
}

const value = { canary: 1, size: 16, kind: 'text' } as const
const put: Command = { do: 'call', op: { op: 'put', name: 'a', value } }
const get: Command = { do: 'call', op: { op: 'get', name: 'a' } }
const began: Command = { do: 'start', op: { op: 'get', name: 'a' } }
const does = (control: Control): Command => ({ do: 'control', control })
const wrong = does({ control: 'touch', finger: 'wrong' })
const right = does({ control: 'touch', finger: 'right' })

const run = async (commands: readonly Command[], schedule: readonly number[] = []) => {
  const target = inProcessTarget(plain, virtualAndroid())
  return (await session(target, { prefix: 'test', deadlineMs: 1000 }).run({ commands, schedule })).events
}
const told = (events: readonly Event[]) =>
  events.flatMap((event) => {
    if (event.type === 'prompt') return [`${event.prompt} ${event.phase}`]
    if (event.type === 'control') return [`${event.control.control} ${event.result}`]
    if (event.type !== 'return') return []
    const { outcome } = event
    if (outcome.is === 'fail') return [outcome.native?.type?.split('.').at(-1) ?? outcome.failure.code]
    return [outcome.is === 'info' ? outcome.why : outcome.value === null ? 'ok' : 'value']
  })

test.each<[string, readonly Command[], readonly string[]]>([
  [
    'an enrolment between calls',
    [put, does({ control: 'enrol', what: 'finger' }), get],
    ['0 shown', '0 matched', 'ok', 'enrol done', 'KeyPermanentlyInvalidatedException'],
  ],
  [
    'a miss and a match',
    [put, began, wrong, right],
    ['0 shown', '0 matched', 'ok', '1 shown', '1 missed', 'touch done', '1 matched', 'touch done', 'value'],
  ],
  [
    'the app left while it asks',
    [put, began, does({ control: 'leave-app' }), get],
    [
      '0 shown',
      '0 matched',
      'ok',
      '1 shown',
      '1 system-cancelled',
      'leave-app done',
      'auth-failed',
      '2 shown',
      '2 matched',
      'value',
    ],
  ],
  [
    'a death with a prompt up',
    [put, began, wrong, does({ control: 'kill-app' }), get],
    [
      '0 shown',
      '0 matched',
      'ok',
      '1 shown',
      '1 missed',
      'touch done',
      'killed',
      '1 lost',
      'kill-app done',
      '2 shown',
      '2 matched',
      'value',
    ],
  ],
  [
    'a start without an unlock',
    [put, does({ control: 'reboot', unlocked: false }), get, does({ control: 'unlock-screen' }), get],
    [
      '0 shown',
      '0 matched',
      'ok',
      'reboot done',
      'IllegalStateException',
      'unlock-screen done',
      '1 shown',
      '1 matched',
      'value',
    ],
  ],
  [
    'another kind of phone',
    [does({ control: 'use-phone', profile: 'android-30' }), put, does({ control: 'remove-screen-lock' }), get],
    ['use-phone done', '0 shown', '0 matched', 'ok', 'remove-screen-lock done', 'UnrecoverableKeyException'],
  ],
  [
    'a turn that nobody follows',
    [put, began, wrong, does({ control: 'rotate' })],
    ['0 shown', '0 matched', 'ok', '1 shown', '1 missed', 'touch done', 'rotate done', '1 lost', 'stuck'],
  ],
])('a program with %s', async (_name, commands, wanted) => {
  expect(told(await run(commands))).toEqual(wanted)
})

test('of two calls that ask at once one is never answered, whatever the order', async () => {
  for (const schedule of [[0], [1, 0, 1], [2, 1, 1, 1], [3, 0, 2, 1]])
    expect(told(await run([put, began, began], schedule)).filter((one) => one === 'stuck')).toHaveLength(1)
})

test('a crash at every effect of a write leaves the old value or the new one', async () => {
  for (let atEffect = 0; atEffect < 8; atEffect++) {
    const events = await run([put, does({ control: 'kill-app', atEffect }), put, get, get])
    expect(told(events).at(-1)).toBe('value')
    expect(told(events)).toContain('killed')
  }
})

test('the same program gives the same history, byte for byte', async () => {
  const commands = [put, began, does({ control: 'enrol', what: 'finger' }), began, wrong, right, put, get]
  const schedule = [5, 3, 1, 4, 1, 5, 9, 2, 6]
  expect(JSON.stringify(await run(commands, schedule))).toBe(JSON.stringify(await run(commands, schedule)))
})
