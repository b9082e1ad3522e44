// Longer than 300 lines: every operation is told once, its types beside its row.
import { z } from 'zod'
import { type Caller, type Capability, callerSchema, capabilitySchema } from './capabilities.ts'
import { type AuditEvent, type EventRef, eventRefSchema } from './events.ts'
import {
  type SignedContent,
  type SignedRef,
  signedRefSchema,
  type TransactionRef,
  transactionRefSchema,
} from './transactions.ts'
import {
  type PinRef,
  pinRefSchema,
  type Secret,
  type SeenValue,
  seenValueSchema,
  type ValueRef,
  valueRefSchema,
} from './values.ts'

/**
 * `biometric` has no operations of its own: its `put` and `get` are a slot's or store's, under an access policy. Nor has
 * `database`: it is a store in an encrypted database, which `setUp` makes and `unlock` opens by a raw key.
 */
export const profiles = [
  'slot',
  'store',
  'lifecycle',
  'pin',
  'key-slots',
  'database',
  'biometric',
  'gate',
  'audit',
  'capabilities',
  'signing',
] as const
export type Profile = (typeof profiles)[number]

export const availabilities = [
  'available',
  'locked',
  'unavailable',
  'not-set-up',
  'not-enrolled',
  'no-screen-lock',
  'no-hardware',
  'hardware-unavailable',
  'locked-out',
  'device-locked',
] as const
export type Availability = (typeof availabilities)[number]
export const vaultStates = ['not-set-up', 'locked', 'unlocked'] as const
export type VaultState = (typeof vaultStates)[number]

/** Ways to open a vault; each wraps the vault key in a slot of its own. */
export const unlockMethods = ['keyring', 'keyring-pin', 'biometric', 'passkey'] as const
export type UnlockMethod = (typeof unlockMethods)[number]

/**
 * Who may read an entry: whoever is recognised by a finger or face that was enrolled when it was written
 * (`current-set`), by any that is enrolled (`any-enrolled`), by those or the screen lock (`device-credential`); or the
 * app, without asking anybody (`none`).
 */
export const accessPolicies = ['current-set', 'any-enrolled', 'device-credential', 'none'] as const
export type AccessPolicy = (typeof accessPolicies)[number]

/**
 * Every operation: what goes in and what comes out. `V` is a secret going in, `R` one coming out: recipes in programs
 * and histories, bytes or text at the vault; `P` is a PIN. A vault of profile `slot` gets no `name`. Where a vault of
 * profile `pin` is asked to `setUp` or `unlock` and the program names no PIN, the person who knows it gives it; `null`
 * is a person who gives none. A vault of profile `biometric` is told an entry's policy where it offers several, and
 * takes its first where it is told none. A vault of profile `database` is set up with the raw key of 32 bytes that it is
 * given, and opens by the one that it is given; where it is given none it makes one, and opens by the one that it keeps. `E` is what a log is told, `W` a checkpoint that it gave earlier: in
 * programs, the last one. `T` is a transaction to be signed, `S` a signed text that the vault gave earlier: histories hold its
 * transaction's id in place of each such text. A vault of profile `capabilities` may be told who asks; one that nobody named
 * needs no grant.
 */
interface Signatures<V, R, P, E, W, T, S> {
  put: { in: { name?: string; value: V; access?: AccessPolicy; caller?: Caller }; out: null }
  get: { in: { name?: string; caller?: Caller }; out: R }
  delete: { in: { name?: string; caller?: Caller }; out: null }
  has: { in: { name?: string; caller?: Caller }; out: boolean }
  list: { in: { caller?: Caller }; out: readonly string[] }
  availability: { in: Record<never, never>; out: Availability }
  setUp: { in: { pin?: P | null; key?: V }; out: null }
  unlock: { in: { pin?: P | null; key?: V }; out: null }
  changePin: { in: { pin?: P | null; next: P }; out: null }
  addSlot: { in: { method: UnlockMethod; pin?: P | null }; out: null }
  removeSlot: { in: { method: UnlockMethod }; out: null }
  slots: { in: Record<never, never>; out: readonly string[] }
  lock: { in: Record<never, never>; out: null }
  state: { in: Record<never, never>; out: VaultState }
  reset: { in: Record<never, never>; out: null }
  authenticate: { in: Record<never, never>; out: null }
  append: { in: { event: E }; out: null }
  entries: { in: Record<never, never>; out: readonly string[] }
  verify: { in: { witnessed?: W }; out: null }
  checkpoint: { in: Record<never, never>; out: string }
  grant: { in: { capabilities: readonly Capability[] }; out: null }
  sign: { in: { transaction: T }; out: string }
  publicKeys: { in: Record<never, never>; out: readonly string[] }
  rotateKey: { in: { key?: V }; out: null }
  invalidateKey: { in: Record<never, never>; out: null }
  verifySigned: { in: { signed: S }; out: null }
  handOver: { in: Record<never, never>; out: readonly string[] }
  accept: { in: { signed: S }; out: null }
}
export type OperationName = keyof Signatures<never, never, never, never, never, never, never>

type Of<V, P, E, W, T, S> = {
  [K in OperationName]: Readonly<{ op: K } & Signatures<V, never, P, E, W, T, S>[K]['in']>
}[OperationName]
/** An operation as programs and histories hold it. */
export type Operation = Of<ValueRef, PinRef, EventRef, true, TransactionRef, SignedRef>
/** An operation as a vault receives it. */
export type VaultCall = Of<Secret, Secret, AuditEvent, string, SignedContent, string>
/** What a vault returns when it succeeds. */
export type Returned = Signatures<never, Secret, never, never, never, never, never>[OperationName]['out']
/** The same as histories hold it. */
export type SeenReturn = Signatures<never, SeenValue, never, never, never, never, never>[OperationName]['out']

interface OperationRow {
  readonly meaning: string
  readonly profiles: readonly Profile[]
  /** Claimed profiles need it; otherwise a vault may leave it out. */
  readonly required: boolean
  readonly takesName: boolean
  readonly takesValue: boolean
  /** Fields beside `name` and `value`. */
  readonly takes?: z.ZodRawShape
  readonly returns: z.ZodType<SeenReturn>
}
const named = { takesName: true, takesValue: false }
const bare = { takesName: false, takesValue: false }
const store: readonly Profile[] = ['slot', 'store']
const lifecycle: readonly Profile[] = ['lifecycle']
const pin = { pin: pinRefSchema.nullable().optional() }
const key = { key: valueRefSchema.optional() }
const audit: readonly Profile[] = ['audit']
const signing: readonly Profile[] = ['signing']
const method = { method: z.enum(unlockMethods) }
const caller = { caller: callerSchema.optional() }

/** The operations, one row each: the single place that says what exists. */
export const operations: Readonly<Record<OperationName, OperationRow>> = {
  put: {
    meaning: 'store a secret, replacing what was there',
    profiles: store,
    required: true,
    takesName: true,
    takesValue: true,
    takes: { access: z.enum(accessPolicies).optional(), ...caller },
    returns: z.null(),
  },
  get: { meaning: 'read a secret', profiles: store, required: true, ...named, takes: caller, returns: seenValueSchema },
  delete: { meaning: 'remove a secret', profiles: store, required: true, ...named, takes: caller, returns: z.null() },
  has: {
    meaning: 'say whether an entry exists',
    profiles: ['store'],
    required: false,
    ...named,
    takes: caller,
    returns: z.boolean(),
  },
  list: {
    meaning: 'name all entries',
    profiles: ['store'],
    required: false,
    ...bare,
    takes: caller,
    returns: z.array(z.string()),
  },
  availability: {
    meaning: 'say whether the vault could be used now, without touching anything',
    profiles: store,
    required: false,
    ...bare,
    returns: z.enum(availabilities),
  },
  setUp: {
    meaning: 'create the vault',
    profiles: lifecycle,
    required: true,
    ...bare,
    takes: { ...pin, ...key },
    returns: z.null(),
  },
  unlock: {
    meaning: 'open the vault',
    profiles: lifecycle,
    required: true,
    ...bare,
    takes: { ...pin, ...key },
    returns: z.null(),
  },
  changePin: {
    meaning: 'replace the PIN; the old one opens nothing afterwards',
    profiles: ['pin'],
    required: true,
    ...bare,
    takes: { ...pin, next: pinRefSchema },
    returns: z.null(),
  },
  addSlot: {
    meaning: 'let another method open the vault',
    profiles: ['key-slots'],
    required: true,
    ...bare,
    takes: { ...method, ...pin },
    returns: z.null(),
  },
  removeSlot: {
    meaning: 'let a method open the vault no more; the last one stays',
    profiles: ['key-slots'],
    required: true,
    ...bare,
    takes: method,
    returns: z.null(),
  },
  slots: {
    meaning: 'name the methods that open the vault',
    profiles: ['key-slots'],
    required: true,
    ...bare,
    returns: z.array(z.string()),
  },
  lock: {
    meaning: 'close the vault and forget its key',
    profiles: lifecycle,
    required: true,
    ...bare,
    returns: z.null(),
  },
  state: {
    meaning: 'say whether the vault is set up and open',
    profiles: lifecycle,
    required: true,
    ...bare,
    returns: z.enum(vaultStates),
  },
  reset: {
    meaning: 'destroy the vault and all entries',
    profiles: lifecycle,
    required: true,
    ...bare,
    returns: z.null(),
  },
  authenticate: {
    meaning: 'ask the person, and say no more than that they were recognised',
    profiles: ['gate'],
    required: true,
    ...bare,
    returns: z.null(),
  },
  append: {
    meaning: 'write one event to the end of the audit log, for good',
    profiles: audit,
    required: true,
    ...bare,
    takes: { event: eventRefSchema },
    returns: z.null(),
  },
  entries: {
    meaning: 'give all events of the log in order, each as the JSON text `[action, subject]`',
    profiles: audit,
    required: true,
    ...bare,
    returns: z.array(z.string()),
  },
  verify: {
    meaning: 'say whether the log is whole and as it was written; and whether it goes on from a checkpoint it gave',
    profiles: audit,
    required: true,
    ...bare,
    takes: { witnessed: z.literal(true).optional() },
    returns: z.null(),
  },
  checkpoint: {
    meaning: 'give a signed text that says what the log is now, for somebody else to keep',
    profiles: audit,
    required: false,
    ...bare,
    returns: z.string(),
  },
  grant: {
    meaning:
      'let pages ask for what these capability files grant them, in place of the files before; at first there are none',
    profiles: ['capabilities'],
    required: true,
    ...bare,
    takes: { capabilities: z.array(capabilitySchema) },
    returns: z.null(),
  },
  sign: {
    meaning:
      'sign a transaction, once for each id, keep it to be handed over, and give it as a signed text; the log has it as action `sign`',
    profiles: signing,
    required: true,
    ...bare,
    takes: { transaction: transactionRefSchema },
    returns: z.string(),
  },
  publicKeys: {
    meaning: 'give every public key there ever was, each as a text that never changes',
    profiles: signing,
    required: true,
    ...bare,
    returns: z.array(z.string()),
  },
  rotateKey: {
    meaning: 'sign by another key from now on: the raw one that is given, or a new one',
    profiles: signing,
    required: true,
    ...bare,
    takes: key,
    returns: z.null(),
  },
  invalidateKey: {
    meaning: 'end the signing key: nothing is signed until there is another',
    profiles: signing,
    required: false,
    ...bare,
    returns: z.null(),
  },
  verifySigned: {
    meaning: 'say whether one of the vault’s keys signed this text',
    profiles: signing,
    required: true,
    ...bare,
    takes: { signed: signedRefSchema },
    returns: z.null(),
  },
  handOver: {
    meaning:
      'send all signed texts that were not sent yet, in order, to a receiver that takes each; they are sent then',
    profiles: signing,
    required: true,
    ...bare,
    returns: z.array(z.string()),
  },
  accept: {
    meaning: 'take a signed text as its receiver does, once; asked of the receiving end that comes with the vault',
    profiles: signing,
    required: false,
    ...bare,
    takes: { signed: signedRefSchema },
    returns: z.null(),
  },
}
export const operationNames = Object.keys(operations) as [OperationName, ...OperationName[]]

const operationSchemas = operationNames.map((op) => {
  const { takesName, takesValue, takes = {} } = operations[op]
  return z.strictObject({
    op: z.literal(op),
    ...(takesName ? { name: z.string().optional() } : {}),
    ...(takesValue ? { value: valueRefSchema } : {}),
    ...takes,
  })
})
/** An operation of a program, checked where programs come from outside (tokens, streams). */
export const operationSchema = z.union(operationSchemas) as unknown as z.ZodType<Operation>
