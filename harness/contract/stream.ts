import { z } from 'zod'
import { descriptionSchema } from './description.ts'
import { environmentSchema } from './environment.ts'
import { eventSchema } from './history.ts'
import { programSchema } from './program.ts'
import { restoreCostSchema, restoreWayNames } from './restoring.ts'
import { blames, causes, verdictSchema } from './verdict.ts'

/** The version of the stream's form. A reader refuses another major one. */
export const streamVersion = 1

const target = z.string()
const requirement = z.string()

/** One failure, kept with the program that shows it. */
export const failureRecordSchema = z.strictObject({
  type: z.literal('failure'),
  target,
  requirement,
  scenario: z.string(),
  /** Same requirement and same fingerprint: the same bug. */
  fingerprint: z.string(),
  blame: z.enum(blames),
  /** The situation that it was in, by name. */
  situation: z.string().optional(),
  /** What the requirement allows here, and what was seen, in words. */
  expected: z.string(),
  seen: z.string(),
  /** The shrunk program, its history, and the event at which it broke. */
  program: programSchema,
  events: z.array(eventSchema),
  at: z.number().int(),
  /** The program as it was found, where shrinking changed it: to be shrunk again with a larger budget. */
  unshrunk: programSchema.optional(),
  /** How many commands the program had when it was found, and how many runs shrinking took. */
  foundWith: z.number().int(),
  shrinkRuns: z.number().int(),
  /** How often the shrunk program failed again, of how many replays. Null on F0, where it always does. */
  confirmed: z.strictObject({ of: z.number().int(), failed: z.number().int() }).nullable(),
  token: z.string(),
})
export type FailureRecord = Readonly<z.infer<typeof failureRecordSchema>>

/** How far a verdict can be trusted: programs run, situations met, positive twins met. */
export const effortSchema = z.strictObject({
  programs: z.number().int(),
  situations: z.number().int(),
  twins: z.number().int(),
})
export type Effort = Readonly<z.infer<typeof effortSchema>>

/** Everything a run says, one JSON line each, append-only. The first is `run`, the last `end`; a cut stream lacks `end`. */
export const streamRecordSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('run'),
    stream: z.number().int(),
    holdfast: z.string(),
    seed: z.number().int(),
    /** The set of requirements that it is scored by. */
    set: z.string().optional(),
    budget: z.string(),
    started: z.string(),
    targets: z.array(target),
    requirements: z.array(requirement),
  }),
  z.strictObject({
    type: z.literal('target'),
    target,
    vault: z.string(),
    device: z.string(),
    description: descriptionSchema,
    /** What is judged on this target; without, all that the run judges. */
    requirements: z.array(requirement).optional(),
  }),
  z.strictObject({ type: z.literal('environment'), target, environment: environmentSchema }),
  z.strictObject({
    type: z.literal('smoke'),
    target,
    ok: z.boolean(),
    blame: z.enum(blames).nullable(),
    sentence: z.string(),
  }),
  z.strictObject({
    type: z.literal('progress'),
    target,
    scenario: z.string(),
    programs: z.number().int(),
    of: z.number().int(),
  }),
  z.strictObject({
    type: z.literal('scenario'),
    target,
    scenario: z.string(),
    programs: z.number().int(),
    /** What was generated: commands and controls by name, and those of them that did not apply. */
    commands: z.record(z.string(), z.number().int()),
    skipped: z.number().int(),
    leftOut: z.record(z.string(), z.number().int()).optional(),
    /** Prompts by their phases: how often one was shown, and each way in which it went on or ended. */
    prompts: z.record(z.string(), z.number().int()).optional(),
    /** How often each situation occurred; 0 for one that a requirement asks for and that did not. */
    situations: z.record(z.string(), z.number().int()),
    /** Not null where the run was cut before its budget was spent. */
    cut: z.string().nullable(),
  }),
  failureRecordSchema,
  z.strictObject({
    type: z.literal('verdict'),
    target,
    requirement,
    verdict: verdictSchema,
    effort: effortSchema,
    /** Its row is later than the set of this run: it is told, and decides nothing. */
    scored: z.literal(false).optional(),
  }),
  z.strictObject({
    type: z.literal('target-error'),
    target,
    blame: z.enum(blames),
    cause: z.enum(causes).nullable(),
    sentence: z.string(),
  }),
  /** Before the programs of a phone: how long they may take, by what a few of them took. */
  z.strictObject({
    type: z.literal('estimate'),
    target,
    /** What each declared way to put the vault back was measured to cost. */
    restoring: z.array(restoreCostSchema),
    /** The cheapest that works. */
    way: z.enum(restoreWayNames),
    restoreMs: z.number(),
    /** One program, without putting the vault back. */
    programMs: z.number(),
    programs: z.number().int(),
    /** Phones that share the programs. */
    phones: z.number().int(),
    totalMs: z.number(),
  }),
  /** After them: what they took. Those to shrink and to confirm failures are among them. */
  z.strictObject({
    type: z.literal('spent'),
    target,
    way: z.enum(restoreWayNames),
    programs: z.number().int(),
    /** Medians. */
    restoreMs: z.number(),
    programMs: z.number(),
    totalMs: z.number(),
  }),
  /** One of several phones that shared the programs of a target. */
  z.strictObject({
    type: z.literal('phone'),
    target,
    phone: z.string(),
    programs: z.number().int(),
    /** Programs that went away with it: what the vault did in them is not known, and they were not tried elsewhere. */
    lost: z.number().int(),
    /** Why it failed last, or was left out; null where it never did. */
    why: z.string().nullable(),
  }),
  /** What a phone showed in the course of something. */
  z.strictObject({
    type: z.literal('film'),
    target,
    /** What went on. */
    what: z.string(),
    /** Pictures in base64, each with what it shows. */
    frames: z.array(z.strictObject({ caption: z.string(), png: z.base64() })),
  }),
  z.strictObject({ type: z.literal('end'), exit: z.number().int(), sentence: z.string(), tookMs: z.number() }),
])
export type StreamRecord = Readonly<z.infer<typeof streamRecordSchema>>
