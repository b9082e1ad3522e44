import { expect, test } from 'vitest'
import { type Description, descriptionSchema } from '../../../harness/contract/description.ts'
import { type History, historySchema } from '../../../harness/contract/history.ts'
import { accessControlFlags } from '../../../harness/contract/platforms/ios.ts'
import type { Command } from '../../../harness/contract/program.ts'
import type { Answer, IosModule } from '../../../harness/contract/vault.ts'
import { session } from '../../../harness/engine/session.ts'
import { inProcessTarget } from '../../../harness/engine/target.ts'
import { virtualIos } from './device.ts'

const description: Description = descriptionSchema.parse({
  name: 'small',
  version: '0',
  profiles: ['store', 'biometric'],
  operations: ['put', 'get', 'delete'],
  values: 'bytes',
  durability: 'durable',
  keyring: 'none',
  platform: 'ios',
  biometric: { policies: ['current-set'], prompts: ['get'], backup: 'excluded' },
  restore: 'namespace',
  mapping: [{ domain: 'NSOSStatusErrorDomain', by: 'number', match: -25300, to: ['not-found'] }],
})
const failed = (code: number): Answer => ({
  is: 'native',
  native: { domain: 'NSOSStatusErrorDomain', code, type: null, message: '' },
})
const small: IosModule = {
  description,
  open: ({ ios }) => ({
    description,
    async invoke(call) {
      if (call.op !== 'put' && call.op !== 'get') return failed(-4)
      const item = { service: 'small', account: call.name ?? '' }
      if (call.op === 'put') {
        const valueData = typeof call.value === 'string' ? new TextEncoder().encode(call.value) : call.value
        const { biometryCurrentSet: flags } = accessControlFlags
        const accessControl = { accessible: 'WhenPasscodeSetThisDeviceOnly', flags } as const
        await ios.keychain.delete(item)
        const status = await ios.keychain.add({ ...item, valueData, accessControl })
        return status === 0 ? { is: 'ok', value: null } : failed(status)
      }
      const { status, items } = await ios.keychain.copyMatching({ ...item, returnData: true })
      const data = items[0]?.data
      return status === 0 && data instanceof Uint8Array ? { is: 'ok', value: data } : failed(status)
    },
  }),
}
const put: Command = { do: 'call', op: { op: 'put', name: 'a', value: { canary: 1, size: 16, kind: 'text' } } }
const get = (how: 'call' | 'start'): Command => ({ do: how, op: { op: 'get', name: 'a' } })
const run = async (...commands: readonly Command[]): Promise<History> => {
  await using target = inProcessTarget(small, virtualIos())
  return session(target, { prefix: 'test', deadlineMs: 1000 }).run({ commands, schedule: [3, 1, 2, 0, 5] })
}
/** What was returned and seen of prompts, in order. */
const told = ({ events }: History): readonly string[] =>
  events.flatMap((event) => {
    if (event.type === 'prompt') return [event.phase]
    if (event.type !== 'return') return []
    const { outcome } = event
    return [outcome.is === 'fail' ? String(outcome.native?.code) : outcome.is === 'info' ? outcome.why : 'ok']
  })

test('a prompt that nobody scripted is answered', async () => {
  expect(told(await run(put, get('call')))).toEqual(['ok', 'shown', 'matched', 'ok'])
})

test('a miss and a match, and a second call that waits for the first', async () => {
  const history = await run(
    put,
    get('start'),
    get('start'),
    { do: 'control', control: { control: 'touch', finger: 'wrong' } },
    { do: 'control', control: { control: 'touch', finger: 'right' } },
    { do: 'control', control: { control: 'cancel-prompt', by: 'dismissal' } },
  )
  const prompts = history.events.flatMap((event) => (event.type === 'prompt' ? [`${event.prompt} ${event.phase}`] : []))
  expect(prompts).toEqual(['0 shown', '0 missed', '0 matched', '1 shown', '1 dismissed'])
  const returned = told(history).filter((word) => word === 'ok' || word.startsWith('-'))
  expect(returned.toSorted()).toEqual(['-128', 'ok', 'ok'])
})

test('an item for the fingers enrolled before is gone after one more', async () => {
  const enrol: Command = { do: 'control', control: { control: 'enrol', what: 'finger' } }
  expect(told(await run(put, enrol, get('call'), put, get('call')))).toEqual([
    ...['ok', '-25300', 'ok'],
    ...['shown', 'matched', 'ok'],
  ])
})

test('a process that dies inside a write leaves what was done until then, and its prompt is lost with it', async () => {
  const kill: Command = { do: 'control', control: { control: 'kill-app', atEffect: 1 } }
  expect(told(await run(put, kill, put, get('call')))).toEqual(['ok', 'killed', '-25300'])
  const dead: Command = { do: 'control', control: { control: 'leave-app' } }
  const asked = await run(put, get('start'), dead, get('start'), { do: 'control', control: { control: 'kill-app' } })
  expect(told(asked)).toContain('killed')
})

test('the same program makes the same history, byte for byte', async () => {
  const commands: readonly Command[] = [
    put,
    get('start'),
    get('start'),
    { do: 'control', control: { control: 'touch', finger: 'wrong' } },
    { do: 'control', control: { control: 'forge-match' } },
    { do: 'control', control: { control: 'time-out-prompt' } },
    { do: 'control', control: { control: 'reboot', unlocked: false } },
    get('call'),
    { do: 'control', control: { control: 'unlock-screen' } },
    { do: 'control', control: { control: 'change-language' } },
    { do: 'control', control: { control: 'change-phone' } },
    get('call'),
  ]
  const [first, second] = [await run(...commands), await run(...commands)]
  expect(JSON.stringify(second)).toBe(JSON.stringify(first))
  expect(historySchema.parse(first)).toEqual(first)
})
