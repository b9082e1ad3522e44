import { armedKills, controlsOf, powerCuts, programs } from './commands.ts'
import { act } from './phone-controls.ts'
import type { Ground, Scenario } from './scenario.ts'
import { signingCalls } from './signing-calls.ts'

function stories(ground: Ground) {
  const call = (...names: readonly (keyof Parameters<typeof signingCalls>[1])[]) =>
    signingCalls(ground, Object.fromEntries(names.map((name) => [name, 1])))
  const sign = call('sign')
  const other = call('other')
  const started = signingCalls(ground, { sign: 1 }, 'start')
  const ended = controlsOf(ground, { 'kill-app': 2, 'restart-machine': 1 })
  const change = call('rotate', 'invalidateKey')
  const dismiss = dismissals(ground)
  const look = [call('handOver'), call('entries')]
  const killed = (most: number) => [other, armedKills(ground, most), sign, sign, ...look]
  return [
    [sign, sign, call('entries')],
    [sign, ended, sign, call('entries')],
    [sign, call('handOver'), sign, call('handOver')],
    [sign, call('handOver'), ended, sign, call('handOver')],
    [sign, call('rotate'), sign, call('entries')],
    [started, started, ...look],
    [sign, other, ended, ...look],
    // The one effect between two writes has to be hit, among few or many.
    ...[6, 6, 6, 19, 19, 30].map(killed),
    [armedKills(ground), sign, sign, ...look],
    [sign, powerCuts(ground), sign, ...look],
    [other, sign, other, call('handOver'), call('handOver')],
    [sign, armedKills(ground), call('handOver'), call('handOver')],
    [sign, call('verify'), call('verifyAltered')],
    [sign, change, call('verify'), call('verifyAltered')],
    [sign, call('invalidateKey'), ended, call('verify'), call('verifyAltered')],
    [sign, change, call('accept'), call('acceptAltered')],
    [sign, call('acceptAltered'), call('accept')],
    [call('publicKeys'), sign, change, call('publicKeys'), call('verifyAltered')],
    [sign, call('accept'), call('accept')],
    [sign, call('accept'), ended, call('accept')],
    [sign, other],
    [started, dismiss, ...look],
    [started, dismiss, sign, ...look],
    [call('giveKey'), sign, call('entries'), call('publicKeys')],
    [call('giveKey'), sign, call('rotate'), call('verify')],
    [armedKills(ground), call('giveKey'), sign],
  ]
}

/** The person dismisses the prompt that is up, or leaves it alone. */
const dismissals = (ground: Ground) => [
  ...act(ground, 'time-out-prompt'),
  ...act(ground, 'cancel-prompt', { by: ['dismissal'] }),
]

/** Transactions are signed without a network, each once, by a key that may change, and handed over later. */
export const signing: Scenario = {
  id: 'signing',
  about:
    'transactions are signed, some of them again, by a key that is replaced or ends, and handed over to a receiver, while kills come between',
  reaches: [
    'transaction-signed',
    'signed-again',
    'signature-asked',
    'signing-key-searched',
    'signature-verified',
    'verified-after-key-change',
    'public-keys-told',
    'signature-altered',
    'altered-refused',
    'accepted-once',
    'accepted-again',
    'handed-over',
    'transactions-logged',
  ],
  // Many stories, and a kill has to hit the one effect between two writes.
  share: 6,
  fits: ({ description }) => description.profiles.includes('signing'),
  program: (ground) =>
    programs(
      ground,
      [
        ...signingCalls(ground, {
          sign: 6,
          other: 4,
          publicKeys: 1,
          rotate: 1,
          giveKey: 1,
          invalidateKey: 1,
          verify: 2,
          verifyAltered: 1,
          handOver: 2,
          accept: 3,
          acceptAltered: 1,
          entries: 2,
        }),
        ...signingCalls(ground, { sign: 1, other: 1 }, 'start'),
        ...controlsOf(ground, { 'kill-app': 1, 'restart-machine': 1 }, true),
        ...powerCuts(ground),
        ...dismissals(ground),
      ],
      stories(ground),
    ),
}
