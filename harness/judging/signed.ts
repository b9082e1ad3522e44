import type { Code } from '../contract/codes.ts'
import type { Control } from '../contract/controls.ts'
import type { Description } from '../contract/description.ts'
import type { Event, Observation } from '../contract/history.ts'
import { transactionId, transactionsIn } from '../contract/transactions.ts'
import { unsettling as unsettlingLogs } from './audited.ts'
import type { CallFact, Flying, Wrong } from './call-fact.ts'
import { excusedBy, promptsSeen } from './prompts-seen.ts'
import type { Situation } from './situations.ts'

export interface Told {
  readonly situation: Situation
  readonly wrong: Wrong | null
}

/** Follows what became of each transaction, of the keys that signed it, and of the prompts that asked for it. */
export interface SignedTransactions {
  control(control: Control): void
  prompt(event: Event & { type: 'prompt' }, flying: ReadonlyMap<number, Flying>): void
  returned(fact: CallFact): readonly Told[]
  /** Null where it is none of a signing key that a program gave. */
  leaked(leak: Observation & { probe: 'leak' }): Told | null
  /** A key was given, which everything was searched for. */
  readonly keyGiven: boolean
}

type Known = 'no' | 'maybe' | 'yes'
interface Transaction {
  signed: Known
  sent: Known
  accepted: Known
  /** How often the key had been changed when it was signed. */
  era: number
  /** What it said when it was signed. */
  amount: number | null
}

/** After these nobody can say what the vault has to know. */
const unsettling: ReadonlySet<Control['control']> = new Set([...unsettlingLogs, 'damage-log', 'rewrite-log'])
/** Failures before which nothing was done. */
const harmless: ReadonlySet<Code> = new Set(['replayed', 'user-cancelled', 'timeout', 'key-invalidated', 'rejected'])

const none: readonly Told[] = []
const told = (situation: Situation, wrong: Wrong | null = null): readonly Told[] => [{ situation, wrong }]

/** Null where the vault signs nothing. */
export function signedTransactions({ profiles, durability, signing, audit }: Description): SignedTransactions | null {
  if (!profiles.includes('signing')) return null
  const prompts = promptsSeen()
  const all = new Map<number, Transaction>()
  const keys = new Set<number>()
  let known = true
  let keyGiven = false
  let era = 0
  /** Public keys that the vault told, and in which era first. */
  const publicKeys = new Map<string, number>()
  /** Transactions in the order in which they were signed; null once that is not known. */
  let order: number[] | null = []

  const of = (number: number): Transaction => {
    const there = all.get(number)
    if (there !== undefined) return there
    const fresh: Transaction = { signed: 'no', sent: 'no', accepted: 'no', era, amount: null }
    all.set(number, fresh)
    return fresh
  }
  const wrong = (kind: string, expected: string, seen: string): Wrong => ({ kind, expected, seen })
  const code = ({ outcome }: CallFact): Code | null => (outcome.is === 'fail' ? outcome.failure.code : null)
  const excused = (fact: CallFact): boolean => {
    const failure = code(fact)
    return prompts
      .of(fact.call)
      .some(({ end }) => end !== null && failure !== null && excusedBy[end].some((one) => one === failure))
  }

  /** Whether the person was asked for this signature, as far as that can be told. */
  const asked = (fact: CallFact): readonly Told[] => {
    if (signing?.asks !== 'each' || fact.overlapped) return none
    const ends = prompts.of(fact.call).map(({ end }) => end)
    if (fact.outcome.is === 'fail') return excused(fact) ? told('signature-asked') : none
    if (ends.includes('matched')) return told('signature-asked')
    const kind = ends.length === 0 ? 'unasked' : 'unconfirmed'
    const seen =
      ends.length === 0 ? 'a signature without a prompt' : `a signature, and a prompt that was ${ends.at(-1)}`
    return told('signature-asked', wrong(kind, 'no signature without a prompt that the person confirmed', seen))
  }
  const signed = (fact: CallFact): readonly Told[] => {
    const { op, outcome, overlapped } = fact
    if (op.op !== 'sign') return none
    const { transaction: number, amount } = op.transaction
    const mine = of(number)
    const before = mine.signed
    const failure = code(fact)
    if (overlapped) order = null
    if (outcome.is === 'ok') {
      if (outcome.value === null) known = false
      if (before !== 'yes') order?.push(number)
      Object.assign(mine, { signed: 'yes', era, amount })
    } else if (before === 'no' && (failure === null || !harmless.has(failure))) mine.signed = 'maybe'
    else if (before === 'maybe' && failure === 'replayed' && !overlapped) {
      // What the vault says was done, was done.
      order = null
      Object.assign(mine, { signed: 'yes', era })
    }
    if (!judgeable(fact) || outcome.is === 'info') return none
    const first = 'no more than one signature of each transaction'
    if (before === 'yes') {
      if (outcome.is === 'ok')
        return [...told('signed-again', wrong('signed-twice', first, 'another one')), ...asked(fact)]
      if (overlapped || excused(fact) || failure === 'key-invalidated') return asked(fact)
      // Another content under the same id may be refused for that.
      const noticed = failure === 'replayed' || (failure === 'rejected' && mine.amount !== amount)
      return told('signed-again', noticed ? null : wrong(`${failure}`, "'replayed'", `'${failure}'`))
    }
    if (outcome.is === 'ok') return [...(before === 'no' ? told('transaction-signed') : none), ...asked(fact)]
    if (before === 'no' && failure === 'replayed' && !overlapped)
      return told(
        'transaction-signed',
        wrong('refused-first', 'a signature, the first of this transaction', "'replayed'"),
      )
    return asked(fact)
  }
  const verified = (fact: CallFact): readonly Told[] => {
    const { op, outcome, overlapped } = fact
    if (op.op !== 'verifySigned' && op.op !== 'accept') return none
    const mine = of(op.signed.transaction)
    const before = mine.accepted
    const original = op.signed.how === 'as-given'
    if (op.op === 'accept' && original) {
      if (outcome.is === 'ok') mine.accepted = 'yes'
      else if (before === 'no' && code(fact) !== 'rejected' && code(fact) !== 'replayed') mine.accepted = 'maybe'
    }
    if (!judgeable(fact) || outcome.is === 'info') return none
    if (!original) {
      if (outcome.is !== 'ok') return [...told('signature-altered'), ...told('altered-refused')]
      return told('signature-altered', wrong(`altered-${op.op}`, 'a refusal: a character was changed', 'ok'))
    }
    const situation = mine.era === era ? 'signature-verified' : 'verified-after-key-change'
    if (op.op === 'accept' && before !== 'no') {
      if (before === 'maybe') return none
      if (outcome.is === 'ok')
        return told('accepted-again', wrong('accepted-twice', "'replayed': it was accepted before", 'ok'))
      if (overlapped) return none
      const refused = code(fact) === 'replayed'
      return told('accepted-again', refused ? null : wrong(`${code(fact)}`, "'replayed'", `'${code(fact)}'`))
    }
    if (outcome.is === 'ok') return [...told(situation), ...(op.op === 'accept' ? told('accepted-once') : none)]
    return told(situation, wrong(`not-${op.op}`, 'ok: it is as it was signed', `'${code(fact)}'`))
  }
  const toldKeys = (texts: readonly string[]): readonly Told[] => {
    const lacking = [...publicKeys.keys()].find((key) => !texts.includes(key))
    const changed = [...publicKeys.values()].some((since) => since !== era)
    for (const key of texts) if (!publicKeys.has(key)) publicKeys.set(key, era)
    const expected = 'every public key that was told before'
    if (lacking !== undefined) return told('public-keys-told', wrong('key-forgotten', expected, 'one of them is gone'))
    return changed ? told('public-keys-told') : none
  }
  const handedOver = (fact: CallFact): readonly Told[] => {
    const { outcome } = fact
    if (outcome.is !== 'ok') {
      for (const one of all.values()) if (one.signed !== 'no' && one.sent === 'no') one.sent = 'maybe'
      if (outcome.is === 'info' || !judgeable(fact)) return none
      return told('handed-over', wrong('refused', 'all that was signed and not sent', `'${code(fact)}'`))
    }
    const texts = Array.isArray(outcome.value) ? (outcome.value as readonly string[]) : []
    const numbers = texts.flatMap((text) => transactionsIn(text))
    const expected = 'each text that was signed and not sent, once, in order'
    const due = [...all].filter(([, one]) => one.signed === 'yes' && one.sent === 'no').map(([number]) => number)
    const lost = due.find((number) => !numbers.includes(number))
    const odd = numbers.find((number) => of(number).signed === 'no')
    const again = numbers.find((number, at) => of(number).sent === 'yes' || numbers.indexOf(number) !== at)
    const sequence = order?.filter((number) => numbers.includes(number)) ?? null
    const sure = numbers.every((number) => of(number).signed === 'yes')
    for (const number of numbers)
      Object.assign(of(number), { sent: 'yes', ...(odd === undefined ? { signed: 'yes' } : {}) })
    if (!judgeable(fact)) return none
    const found =
      lost !== undefined
        ? wrong('lost', expected, `without ${transactionId(lost)}`)
        : odd !== undefined || texts.length !== numbers.length
          ? wrong('never-signed', expected, 'one that was not signed')
          : again !== undefined
            ? wrong('sent-again', expected, `${transactionId(again)} again`)
            : sure && sequence !== null && sequence.join() !== numbers.join()
              ? wrong('other-order', expected, 'another order')
              : null
    return found === null && due.length === 0 ? none : told('handed-over', found)
  }
  const logged = (entries: readonly string[]): readonly Told[] => {
    const logs = entries.filter((entry) => actionOf(entry) === 'sign').flatMap((entry) => transactionsIn(entry))
    const expected = 'an entry for each transaction that was signed, and one only'
    const many = (number: number) => logs.filter((one) => one === number).length
    for (const [number, { signed: state }] of all) {
      const id = transactionId(number)
      if (many(number) > 1) return told('transactions-logged', wrong('logged-twice', expected, `two of ${id}`))
      if (state === 'yes' && many(number) === 0)
        return told('transactions-logged', wrong('unlogged', expected, `none of ${id}`))
      if (state === 'no' && many(number) > 0)
        return told('transactions-logged', wrong('logged-unsigned', expected, `one of ${id}, which was not signed`))
    }
    return [...all.values()].some((one) => one.signed === 'yes') ? told('transactions-logged') : none
  }
  // A prompt that is answered beside other calls is a change of what surrounds them.
  const judgeable = ({ keyring, outcome }: CallFact): boolean =>
    known && (keyring === 'unlocked' || (keyring === 'changed' && outcome.is === 'ok'))

  return {
    get keyGiven() {
      return keyGiven
    },
    control({ control }) {
      if (unsettling.has(control)) known = false
      if ((control === 'cut-power' || control === 'restart-machine') && durability !== 'durable') known = false
    },
    prompt({ prompt, phase }, flying) {
      prompts.phase(prompt, phase, flying.keys())
    },
    returned(fact) {
      const { op, outcome } = fact
      switch (op.op) {
        case 'sign':
          return signed(fact)
        case 'verifySigned':
        case 'accept':
          return verified(fact)
        case 'rotateKey':
        case 'invalidateKey':
          if (outcome.is !== 'fail') era++
          if (op.op === 'rotateKey' && op.key !== undefined) {
            keys.add(op.key.canary)
            if (outcome.is === 'ok') keyGiven = true
          }
          return none
        case 'handOver':
          return handedOver(fact)
        case 'publicKeys':
        case 'entries': {
          if (!judgeable(fact) || fact.overlapped || outcome.is !== 'ok' || !Array.isArray(outcome.value)) return none
          const texts = outcome.value as readonly string[]
          return op.op === 'entries' ? logged(texts) : toldKeys(texts)
        }
        default:
          return none
      }
    },
    leaked(leak) {
      if (leak.secret === 'pin' || !keys.has(leak.canary)) return null
      const inLog = leak.where === 'the audit log' || (audit !== undefined && leak.where.startsWith(audit.files))
      if (!inLog) return { situation: 'signing-key-searched', wrong: null }
      const seen = `the signing key, as ${leak.encoding}`
      return { situation: 'transactions-logged', wrong: wrong('secret-in-log', 'no secret in the log', seen) }
    },
  }
}

/** What an entry says was done; null for what is no entry. */
function actionOf(entry: string): string | null {
  try {
    const [action]: readonly unknown[] = JSON.parse(entry)
    return typeof action === 'string' ? action : null
  } catch {
    return null
  }
}
