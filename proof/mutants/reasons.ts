import type { Reason } from './reason.ts'
import { sealedReasons } from './sealed-reasons.ts'

const store = /sound\/store/
const storeParts = /sound\/sound-parts/
const ofStore = /sound\/s/

/** Why each mutant that lives may: the first that fits counts. `npm run mutants` fails for one without, and for a reason that no one needs. */
export const reasons: readonly Reason[] = [
  {
    file: storeParts,
    change: /^'(too-large|access-denied|internal)' => ""$/,
    why: 'The simulated keyring never refuses so: no program can tell.',
  },
  {
    file: storeParts,
    change: /^'ambiguous' => ""$/,
    why: 'The newest of several copies is taken, so that nobody is told that there are several.',
  },
  {
    file: storeParts,
    change: /^\(\) => 'login' => /,
    why: 'A keyring that is asked for no collection uses the same one.',
  },
  {
    file: store,
    on: /^if \(error instanceof KeyringError\) return error\.kind$/,
    change: /^error instanceof KeyringError => true$/,
    why: 'Nothing but failures of the keyring is thrown there.',
  },
  {
    file: ofStore,
    change: /^(!\()?error(\.kind| instanceof KeyringError)|^keyring\.copies|^'ambiguous'|^\(await keyring\.copies/,
    why: 'Other failures of the keyring come again where its copies are asked for, and several copies may be told as `ambiguous`.',
  },
  {
    file: ofStore,
    change: /^(copy === undefined|\{ copy \}|\(copies\) =>|\[\.\.\.copies\]|parts\.chosen|\(await keyring\.copies)/,
    why: 'A vault may say `ambiguous` in place of taking the newest of several copies.',
  },
  {
    file: ofStore,
    change: /^\[\] => \["Stryker was here"\]$/,
    why: 'Simulated keyrings tell their copies, and rows of a mapping table are not met by a vault that speaks codes.',
  },
  {
    file: storeParts,
    change: /'unanswered'/,
    why: 'What is neither unlocked nor dismissed is not answered, whatever it is called.',
  },
  { file: storeParts, change: /^\(op\) => op/, why: 'What is logged is free, as long as it holds no secret.' },
  {
    file: store,
    change: /^'(sound-store|1|has|every-call|namespace)' => ""$/,
    why: 'What a vault says of itself: a vault that claims less, or nothing of the kind, is judged by what it claims.',
  },
  {
    file: store,
    change:
      /call\.name === undefined|typeof call\.value|^'string'|'invalid-argument'|'unsupported'|call\.op === 'put'|^'put'/,
    why: 'Only a caller that breaks the contract comes there, or what is found out goes into the log alone.',
  },
  { file: store, change: /^log\.write/, why: 'A vault need not log.' },
  ...sealedReasons,
]
