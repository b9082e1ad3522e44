import { codes, type Failure } from '../harness/contract/codes.ts'
import type { Control } from '../harness/contract/controls.ts'
import type { EventRef } from '../harness/contract/events.ts'
import type { Outcome } from '../harness/contract/history.ts'
import type { AccessPolicy, Operation, SeenReturn } from '../harness/contract/operations.ts'
import type { Program } from '../harness/contract/program.ts'
import { type SignedRef, transactionId } from '../harness/contract/transactions.ts'
import { alterations, type PinRef, type SeenValue, type ValueKind, type ValueRef } from '../harness/contract/values.ts'
import { count, duration, number, ordinal } from './count.ts'
import { byPage, grantWords } from './page-words.ts'
import { type ControlWords, phoneControlWords } from './phone-words.ts'
import { oneLine } from './printable.ts'
import { quoted } from './quoted.ts'

/** Calls each secret as the verdicts do, by the number of its recipe, and describes it the first time. */
export type NameSecret = (value: ValueRef) => string

const kinds: Readonly<Partial<Record<ValueKind, string>>> = {
  newline: 'text with line ends and outer blanks',
  unicode: 'text with umlauts and rare characters',
  hex: 'text that looks encoded in hexadecimal',
  base64: 'text that looks encoded in base64',
  prefixed: 'text that begins as encodings are marked',
  wide: 'text of characters of several bytes',
  nul: 'text with a zero character inside',
  binary: 'bytes that are no text',
}

/** Names for the secrets of one program. Where two have the same number, their sizes are told every time. */
export function secretNames({ commands }: Program): NameSecret {
  const recipe = ({ canary, size, kind }: ValueRef): string => `${canary} ${size} ${kind}`
  const stored = commands.flatMap((command) => ('op' in command && command.op.op === 'put' ? [command.op.value] : []))
  const recipes = new Map(stored.map((value) => [recipe(value), value.canary]))
  const alike = (canary: number): boolean => [...recipes.values()].filter((one) => one === canary).length > 1
  const told = new Set<string>()
  return (value) => {
    const { canary, size, kind } = value
    if (size === 0) return 'the empty value'
    const again = told.has(recipe(value))
    told.add(recipe(value))
    if (again && !alike(canary)) return `secret #${canary}`
    const words = again ? undefined : kinds[kind]
    return `secret #${canary} (${kind}, ${count(size, 'byte')}${words === undefined ? '' : `: ${words}`})`
  }
}

const entry = (name: string | undefined): string => (name === undefined ? 'the secret' : quoted(name))

/**
 * What was asked of the vault: `Asked for "a"`.
 * @param given the PIN that the call gives, with whether it is right; left out: its number alone
 */
export const asked = (op: Operation, secret: NameSecret, given: string | null = pinOf(op)): string =>
  `${askedFor(op, secret, given)}${'caller' in op && op.caller !== undefined ? byPage(op.caller) : ''}`

function askedFor(op: Operation, secret: NameSecret, given: string | null): string {
  switch (op.op) {
    case 'put':
      return `Asked to store ${secret(op.value)}${op.name === undefined ? '' : ` under ${quoted(op.name)}`}${forWhom(op.access)}`
    case 'get':
      return `Asked to read ${entry(op.name)}`
    case 'delete':
      return `Asked to delete ${entry(op.name)}`
    case 'has':
      return `Asked whether there is an entry ${quoted(op.name ?? '')}`
    case 'list':
      return 'Asked for the names of all entries'
    case 'availability':
      return 'Asked whether the vault could be used now'
    case 'setUp':
      return `Asked to set up the vault${withPin(op.pin, given)}`
    case 'unlock':
      return `Asked to unlock the vault${withPin(op.pin, given)}`
    case 'changePin':
      return `Asked to change the PIN to PIN #${op.next.pin}${op.pin === null ? ', giving no old one' : given === null ? '' : `, giving ${given}`}`
    case 'addSlot':
      return `Asked to let ${op.method} open the vault too${withPin(op.pin, given)}`
    case 'removeSlot':
      return `Asked to let ${op.method} open the vault no more`
    case 'slots':
      return 'Asked what opens the vault'
    case 'lock':
      return 'Asked to lock the vault'
    case 'state':
      return 'Asked whether the vault is set up and open'
    case 'reset':
      return 'Asked to destroy the vault and all its entries'
    case 'authenticate':
      return 'Asked to recognise the person'
    case 'append':
      return `Asked to append ${event(op.event)} to the audit log`
    case 'entries':
      return 'Asked for all events of the audit log'
    case 'verify':
      return op.witnessed === true
        ? 'Asked whether the audit log is whole and goes on from the checkpoint that it gave'
        : 'Asked whether the audit log is whole and as it was written'
    case 'checkpoint':
      return 'Asked for a checkpoint of the audit log'
    case 'grant':
      return grantWords(op.capabilities)
    case 'sign':
      return `Asked to sign ${transactionId(op.transaction.transaction)}, amount #${op.transaction.amount}`
    case 'publicKeys':
      return 'Asked for all public keys'
    case 'rotateKey':
      return op.key === undefined ? 'Asked to sign by a new key' : `Asked to sign by ${secret(op.key)} as the key`
    case 'invalidateKey':
      return 'Asked to end the signing key'
    case 'verifySigned':
      return `Asked whether ${signedText(op.signed)} is signed`
    case 'handOver':
      return 'Asked to hand over what was signed and not sent yet'
    case 'accept':
      return `Asked the receiving end to accept ${signedText(op.signed)}`
  }
}

const signedText = ({ transaction, how }: SignedRef): string =>
  `the signed text of ${transactionId(transaction)}${how === 'altered' ? ' with a character changed' : ''}`

const event = ({ event: number, shape }: EventRef): string =>
  `event #${number}${shape === 'plain' ? '' : `, ${shape} in its own way`}`

const forWhom = (access: AccessPolicy | undefined): string =>
  access === undefined
    ? ''
    : {
        'current-set': ', to be read by the fingers enrolled now',
        'any-enrolled': ', to be read by any finger enrolled',
        'device-credential': ', to be read by a finger or the screen lock',
        none: ', to be read without asking anybody',
      }[access]

const pinOf = (op: Operation): string | null =>
  'pin' in op && op.pin !== undefined && op.pin !== null ? `PIN #${op.pin.pin}` : null
const withPin = (pin: PinRef | null | undefined, given: string | null): string =>
  pin === undefined ? '' : pin === null ? ', giving no PIN' : `, giving ${given}`

/** How the vault answered: `it answered: done`. */
export function answered(outcome: Outcome, secret: NameSecret): string {
  switch (outcome.is) {
    case 'ok':
      return `it ${returned(outcome.value, secret)}`
    case 'fail':
      return `it failed with ${failure(outcome.failure)}${native(outcome.native)}`
    case 'info':
      return noAnswer[outcome.why]
  }
}

const noAnswer = {
  killed: 'no answer came, as its process was killed; it may have taken effect or not',
  lost: 'no answer came, as its process was gone; it may have taken effect or not',
  deadline: 'no answer came in the time allowed; it may still take effect',
  stuck: 'it hangs: nothing is left that could make it answer',
} as const

function returned(value: SeenReturn, secret: NameSecret): string {
  if (value === null) return 'answered: done'
  if (typeof value === 'boolean') return `answered: ${value ? 'yes' : 'no'}`
  if (typeof value === 'string') return `answered: ${oneLine(value)}`
  if (!('is' in value)) return value.length === 0 ? 'named none' : `named ${value.map(quoted).join(', ')}`
  return `gave back ${seenValue(value, secret)}`
}

function seenValue(seen: SeenValue, secret: NameSecret): string {
  if (seen.is === 'canary') return secret(seen.canary)
  if (seen.of === null || seen.how === 'unlike') return `something that was never stored (of size ${number(seen.size)})`
  return `${secret(seen.of)} ${alterations[seen.how]} (now of size ${number(seen.size)})`
}

function failure(failure: Failure): string {
  const more = [
    failure.reason === undefined ? null : `it said "${oneLine(failure.reason)}"`,
    failure.retryAfterMs === undefined ? null : `try again after ${duration(failure.retryAfterMs)}`,
    failure.remaining === undefined ? null : `${count(failure.remaining, 'attempt')} left`,
    failure.limit === undefined ? null : `the limit is ${failure.limit}`,
  ].filter((part) => part !== null)
  return `${failure.code} (${[codes[failure.code].meaning, ...more].join('; ')})`
}

function native(error: Extract<Outcome, { is: 'fail' }>['native']): string {
  if (error === undefined) return ''
  const name = [error.domain, error.type, error.code].filter((part) => part !== null && part !== '').join(' ')
  const message = error.message === '' ? '' : `: "${oneLine(error.message).slice(0, 160)}"`
  return `; the platform's own error was ${oneLine(name)}${message}`
}

/** What a machine has of its keyring once it is up. */
const keyringAfter = {
  unlocked: '',
  locked: ', after which the keyring was locked',
  absent: ', after which there was no keyring service',
} as const

/** What was done to the world: `Killed the vault's process`; `passive`: `the vault's process was killed`. */
export function controlWords(control: Control): ControlWords {
  const ofPhone = phoneControlWords(control)
  if (ofPhone !== null) return ofPhone
  switch (control.control) {
    case 'kill-app':
      return { active: "Killed the vault's process", passive: "the vault's process was killed" }
    case 'restart-machine':
      return {
        active: `Restarted the machine in good order${keyringAfter[control.keyring ?? 'unlocked']}`,
        passive: `the machine was restarted${keyringAfter[control.keyring ?? 'unlocked']}`,
      }
    case 'cut-power': {
      const lost =
        control.loses === 'all'
          ? 'all that was not synced to disk is gone'
          : 'file contents that were not synced are gone, while their names reached the disk'
      return { active: `Cut the power: ${lost}`, passive: `the power was cut: ${lost}` }
    }
    case 'lock-keyring':
      return { active: 'Locked the keyring', passive: 'the keyring was locked' }
    case 'unlock-keyring':
      return { active: 'Unlocked the keyring, as a login does', passive: 'the keyring was unlocked' }
    case 'restart-keyring':
      return { active: 'Killed the keyring service and started it again', passive: 'the keyring service was restarted' }
    case 'stop-keyring':
      return { active: 'Took the keyring service away', passive: 'the keyring service was taken away' }
    case 'start-keyring':
      return { active: 'Brought the keyring service back', passive: 'the keyring service was brought back' }
    case 'wipe-keyring':
      return { active: "Removed the vault's items from the keyring", passive: "the vault's keyring items were removed" }
    case 'copy-files':
      return { active: "Copied the vault's files", passive: "the vault's files were copied" }
    case 'restore-files':
      return { active: "Put the copy of the vault's files back", passive: 'an older copy of the files was put back' }
    case 'damage-file': {
      // Where there are fewer, the count begins anew: of the first that cannot be.
      const round = control.file === 0 ? '' : ', counting on from the first where there are fewer,'
      const file = `the ${ordinal(control.file + 1)} of the vault's files by name${round}`
      const done = {
        flip: `one bit of byte ${control.at} of ${file} was changed`,
        cut: `${file} was cut at byte ${control.at}`,
        remove: `${file} was removed`,
        swap: `${file} was exchanged with the next`,
      }[control.how]
      return { active: `Damaged what is stored: ${done}`, passive: done }
    }
    case 'damage-log': {
      const line = `the ${ordinal(control.at + 1)} line of the audit log (counted round)`
      const done = {
        edit: `a letter of ${line} was changed`,
        insert: `${line} was doubled`,
        move: `${line} was exchanged with the next`,
        'take-out': `${line} was taken out`,
        'cut-start': 'the oldest lines of the audit log were taken away',
        'cut-end': 'the newest lines of the audit log were taken away',
        remove: 'all files of the audit log were removed',
      }[control.how]
      return { active: `Changed the audit log: ${done}`, passive: done }
    }
    case 'rewrite-log': {
      const what = control.puts === 'files' ? 'its files were put in place' : 'the whole machine was put in place'
      const done = `on a copy of the machine ${event(control.event)} was appended in place of the last event, and ${what}`
      return { active: `Rewrote the audit log: ${done}`, passive: 'the last event of the audit log was replaced' }
    }
    case 'advance-clock':
      return control.by < 0
        ? { active: `Set the clock back by ${duration(-control.by)}`, passive: 'the clock was set back' }
        : { active: `Let ${duration(control.by)} pass`, passive: `${duration(control.by)} passed` }
    default:
      return { active: `Did '${control.control}'`, passive: `'${control.control}' was done` }
  }
}

/** What is arranged for later: `the vault's process is killed just before its 3rd effect from here`. */
export function armedWords(control: Control): string {
  const effect = 'atEffect' in control ? (control.atEffect ?? 0) : 0
  const which = `${ordinal(effect + 1)} effect from here (an access to files, keyring or phone; a timer)`
  return control.control === 'cut-power'
    ? `the power is cut just before the vault's ${which}`
    : `the vault's process is killed just before its ${which}`
}
