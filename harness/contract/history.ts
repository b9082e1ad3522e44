import { z } from 'zod'
import { failureSchema } from './codes.ts'
import { type Control, controlSchema } from './controls.ts'
import type { OpenFile } from './device.ts'
import { nativeErrorSchema } from './mapping.ts'
import { type Operation, operationSchema, type SeenReturn } from './operations.ts'
import { type Program, programSchema } from './program.ts'
import { type PromptPhase, promptPhaseSchema } from './prompt.ts'
import { seenValueSchema } from './values.ts'

/** How a call ended. `info` means unknown: it may have taken effect, or may still. */
export type Outcome =
  | { readonly is: 'ok'; readonly value: SeenReturn }
  | {
      readonly is: 'fail'
      readonly failure: z.infer<typeof failureSchema>
      readonly native?: z.infer<typeof nativeErrorSchema>
    }
  | { readonly is: 'info'; readonly why: 'killed' | 'lost' | 'deadline' | 'stuck' }

export const outcomeSchema: z.ZodType<Outcome> = z.discriminatedUnion('is', [
  z.strictObject({
    is: z.literal('ok'),
    value: z.union([z.null(), z.boolean(), z.string(), z.array(z.string()), seenValueSchema]),
  }) as z.ZodType<{ is: 'ok'; value: SeenReturn }>,
  z.strictObject({ is: z.literal('fail'), failure: failureSchema, native: nativeErrorSchema.optional() }),
  z.strictObject({ is: z.literal('info'), why: z.enum(['killed', 'lost', 'deadline', 'stuck']) }),
] as never)

/** Where a secret may be found. */
const leaky = ['output', 'answer', 'file', 'keyring', 'process'] as const
export type Leaky = (typeof leaky)[number]

/** A secret in memory. `canary` is the number of the PIN for a PIN. */
export interface FoundSecret {
  readonly secret: 'value' | 'pin'
  readonly canary: number
  readonly encoding: string
}
const openFileSchema = z.strictObject({
  where: z.string(),
  mode: z.number().int(),
  when: z.enum(['born', 'left']),
})
const foundSecretSchema = z.strictObject({
  secret: z.enum(['value', 'pin']),
  canary: z.number().int(),
  encoding: z.string(),
})

/** A reading by the harness's own eyes, never the vault's. */
export type Observation =
  /**
   * A secret was found where none may be. `where` names the place, `encoding` the form it was found in; `answer` is what
   * the vault said beside what it was asked for: the reason of a failure, or a name. `canary` is the number of a PIN.
   */
  | {
      readonly probe: 'leak'
      readonly in: Leaky
      readonly where: string
      readonly encoding: string
      readonly canary: number
      /** Absent for a value. */
      readonly secret?: 'pin'
    }
  /** The output of the vault was captured and searched. `bytes` of it. */
  | { readonly probe: 'log-sweep'; readonly bytes: number }
  /** What lies in its files was searched. */
  | { readonly probe: 'file-sweep'; readonly files: number; readonly bytes: number }
  /** Labels and attributes of its items in the keyring were searched. `bytes` of them. */
  | { readonly probe: 'keyring-sweep'; readonly bytes: number }
  /**
   * What lay in the files after each write was compared with what lay there after the others, in `pairs`: those whose
   * ciphertexts share a keystream, and those that hold the same bytes for the same value.
   */
  | {
      readonly probe: 'ciphertexts'
      readonly pairs: number
      readonly sharing: number
      readonly repeated: number
    }
  /** Arguments and environments of its processes were searched. `bytes` of them. */
  | { readonly probe: 'process-sweep'; readonly bytes: number }
  /** Files that the vault made, and those that others than their owner may use. */
  | { readonly probe: 'files'; readonly files: number; readonly open: readonly OpenFile[] }
  /**
   * The memory of the vault's process was searched for secrets, `bytes` of it: after an acknowledged `lock` for all that
   * the vault was given, after `wrong-pin` for that PIN, and for one that the adapter was holding.
   */
  | {
      readonly probe: 'memory'
      readonly after: 'lock' | 'wrong-pin' | 'hold'
      readonly bytes: number
      readonly sought: number
      readonly found: readonly FoundSecret[]
    }
  /** How many items the keyring held for this run, before and after an availability call. */
  | {
      readonly probe: 'availability-footprint'
      readonly call: number
      readonly before: number
      readonly after: number
      readonly secretReads: number
    }
  /**
   * How many items the phone kept for the app, before and after a call that was alone: keys and entries of its
   * preferences, or items of the keychain and of its defaults.
   */
  | { readonly probe: 'kept-items'; readonly call: number; readonly before: number; readonly after: number }
  /**
   * A call that was alone showed another prompt after the person had dismissed one: how many effects came before the first,
   * and how many from its end to the other.
   */
  | { readonly probe: 'asked-again'; readonly call: number; readonly first: number; readonly again: number }
  /** A backup was restored; how many items of the app it held. */
  | { readonly probe: 'backup'; readonly items: number }
  /** The app broke a rule of the platform. */
  | { readonly probe: 'misuse'; readonly call: string; readonly rule: string }
  /** The vault's process ended by itself: nobody killed it. */
  | { readonly probe: 'ended' }
  /** The app's main thread waited for the person. */
  | { readonly probe: 'main-thread-held' }
  /** A key derivation that the device performed, with the cost that was asked for. */
  | {
      readonly probe: 'kdf'
      readonly algorithm: string
      readonly memoryKiB: number
      readonly iterations: number
      readonly parallelism: number
      readonly saltBytes: number
    }

export const observationSchema: z.ZodType<Observation> = z.discriminatedUnion('probe', [
  z.strictObject({
    probe: z.literal('leak'),
    in: z.enum(leaky),
    where: z.string(),
    encoding: z.string(),
    canary: z.number().int(),
    secret: z.literal('pin').optional(),
  }),
  z.strictObject({ probe: z.literal('file-sweep'), files: z.number().int(), bytes: z.number().int() }),
  z.strictObject({ probe: z.literal('keyring-sweep'), bytes: z.number().int() }),
  z.strictObject({ probe: z.literal('log-sweep'), bytes: z.number().int() }),
  z.strictObject({
    probe: z.literal('ciphertexts'),
    pairs: z.number().int(),
    sharing: z.number().int(),
    repeated: z.number().int(),
  }),
  z.strictObject({ probe: z.literal('process-sweep'), bytes: z.number().int() }),
  z.strictObject({ probe: z.literal('files'), files: z.number().int(), open: z.array(openFileSchema) }),
  z.strictObject({
    probe: z.literal('memory'),
    after: z.enum(['lock', 'wrong-pin', 'hold']),
    bytes: z.number().int(),
    sought: z.number().int(),
    found: z.array(foundSecretSchema),
  }),
  z.strictObject({
    probe: z.literal('availability-footprint'),
    call: z.number().int(),
    before: z.number().int(),
    after: z.number().int(),
    secretReads: z.number().int(),
  }),
  z.strictObject({
    probe: z.literal('kept-items'),
    call: z.number().int(),
    before: z.number().int(),
    after: z.number().int(),
  }),
  z.strictObject({
    probe: z.literal('asked-again'),
    call: z.number().int(),
    first: z.number().int(),
    again: z.number().int(),
  }),
  z.strictObject({ probe: z.literal('backup'), items: z.number().int() }),
  z.strictObject({ probe: z.literal('misuse'), call: z.string(), rule: z.string() }),
  z.strictObject({ probe: z.literal('ended') }),
  z.strictObject({ probe: z.literal('main-thread-held') }),
  z.strictObject({
    probe: z.literal('kdf'),
    algorithm: z.string(),
    memoryKiB: z.number().int(),
    iterations: z.number().int(),
    parallelism: z.number().int(),
    saltBytes: z.number().int(),
  }),
])

/**
 * One thing that happened. `seq` counts from 0 within a history; `at` is milliseconds of the device's clock since
 * the program began; `boot` counts machine starts; `command` is the index of the command that caused it, -1 for the
 * session itself.
 */
export type Event = { readonly seq: number; readonly at: number; readonly boot: number; readonly command: number } & (
  | { readonly type: 'invoke'; readonly call: number; readonly op: Operation }
  /** `again`: this call had already returned once. */
  | { readonly type: 'return'; readonly call: number; readonly outcome: Outcome; readonly again: boolean }
  /** `armed`: waits for its effect; a second event with `done` follows when it happens. */
  | { readonly type: 'control'; readonly control: Control; readonly result: 'done' | 'skipped' | 'armed' }
  /** `prompt` counts the prompts of a program from 0. */
  | { readonly type: 'prompt'; readonly prompt: number; readonly phase: PromptPhase }
  | { readonly type: 'skipped'; readonly why: string }
  | { readonly type: 'observation'; readonly observation: Observation }
)

export interface History {
  readonly program: Program
  readonly events: readonly Event[]
  readonly ended: 'complete' | 'cut'
}

const stamp = { seq: z.number().int(), at: z.number(), boot: z.number().int(), command: z.number().int() }
export const eventSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...stamp, type: z.literal('invoke'), call: z.number().int(), op: operationSchema }),
  z.strictObject({
    ...stamp,
    type: z.literal('return'),
    call: z.number().int(),
    outcome: outcomeSchema,
    again: z.boolean(),
  }),
  z.strictObject({
    ...stamp,
    type: z.literal('control'),
    control: controlSchema,
    result: z.enum(['done', 'skipped', 'armed']),
  }),
  z.strictObject({ ...stamp, type: z.literal('prompt'), prompt: z.number().int(), phase: promptPhaseSchema }),
  z.strictObject({ ...stamp, type: z.literal('skipped'), why: z.string() }),
  z.strictObject({ ...stamp, type: z.literal('observation'), observation: observationSchema }),
]) as unknown as z.ZodType<Event>
export const historySchema: z.ZodType<History> = z.strictObject({
  program: programSchema,
  events: z.array(eventSchema),
  ended: z.enum(['complete', 'cut']),
})
