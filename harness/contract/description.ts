import { z } from 'zod'
import { mappingRowSchema } from './mapping.ts'
import { operationNames, profiles } from './operations.ts'

/** How long an acknowledged value is said to live. */
export const durabilities = ['process', 'until-reboot', 'durable'] as const

/** What a vault says of itself. Claims here are probed, not believed. */
export const descriptionSchema = z.strictObject({
  name: z.string().min(1),
  version: z.string(),
  profiles: z.array(z.enum(profiles)).min(1),
  operations: z.array(z.enum(operationNames)).min(1),
  /** Whether `put` takes any bytes, or text only. A text vault is never handed binary. */
  values: z.enum(['bytes', 'text']),
  /** Largest value or name, where the vault has a limit. `unit`: bytes of UTF-8, or UTF-16 code units. */
  limits: z
    .strictObject({
      value: z.strictObject({ max: z.number().int().positive(), unit: z.enum(['bytes', 'utf16']) }).optional(),
    })
    .default({}),
  durability: z.enum(durabilities),
  /** Whether this vault needs the desktop keyring for every call, only to unlock, or not at all. */
  keyring: z.enum(['every-call', 'unlock', 'none']),
  /** For profile `pin`: wrong PINs before it locks out, and the length of a PIN in digits. */
  pin: z
    .strictObject({ attempts: z.number().int().positive(), digits: z.tuple([z.number().int(), z.number().int()]) })
    .optional(),
  /** How each program gets a fresh vault: under a namespace of its own, by `reset`, or by deleting its names. */
  restore: z.enum(['namespace', 'reset', 'delete']),
  /** What the adapter does beyond one vault call per operation. Shown in reports; earns no row. */
  derived: z.array(z.string()).default([]),
  /** Turns native errors into codes. Absent: the vault speaks the contract's codes itself. */
  mapping: z.array(mappingRowSchema).default([]),
})
export type Description = Readonly<z.infer<typeof descriptionSchema>>
