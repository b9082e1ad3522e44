import { z } from 'zod'
import { appPlatforms } from './capabilities.ts'
import { mappingRowSchema } from './mapping.ts'
import { accessPolicies, operationNames, profiles } from './operations.ts'

/** How long an acknowledged value is said to live. */
export const durabilities = ['process', 'until-reboot', 'durable'] as const

export const platforms = ['desktop', 'android', 'ios'] as const
export type Platform = (typeof platforms)[number]

/** What a vault says of itself. Claims here are probed, not believed. */
export const descriptionSchema = z.strictObject({
  name: z.string().min(1),
  version: z.string(),
  profiles: z.array(z.enum(profiles)).min(1),
  operations: z.array(z.enum(operationNames)).min(1),
  /** Whether `put` takes any bytes, or text only. A text vault is never handed binary. */
  values: z.enum(['bytes', 'text']),
  /**
   * How an adapter gets its secrets over the protocol: as they are, or as recipes, from which it makes the bytes itself in
   * memory that it zeroes. Only then is what lies in memory the vault's own doing. Default `bytes`.
   */
  secrets: z.enum(['bytes', 'recipes']).optional(),
  /** Largest value or name, where the vault has a limit. `unit`: bytes of UTF-8, or UTF-16 code units. */
  limits: z
    .strictObject({
      value: z.strictObject({ max: z.number().int().positive(), unit: z.enum(['bytes', 'utf16']) }).optional(),
    })
    .default({}),
  durability: z.enum(durabilities),
  /** Whether this vault needs the desktop keyring for every call, only to unlock, or not at all. */
  keyring: z.enum(['every-call', 'unlock', 'none']),
  /** Whether it has the person unlock a locked keyring, where the keyring offers a prompt for that. Default `never`. */
  keyringPrompts: z.enum(['asks', 'never']).optional(),
  /** What its app runs on: decides which device can run it, and what may happen to its keys. Default `desktop`. */
  platform: z.enum(platforms).optional(),
  /**
   * How many processes of its app may have the vault open at once. Default `several`: an app that can be started twice
   * will be.
   */
  processes: z.enum(['one', 'several']).optional(),
  /** For profiles `biometric` and `gate`. */
  biometric: z
    .strictObject({
      /** Policies that an entry may have. The first is that of a `put` that names none. */
      policies: z.array(z.enum(accessPolicies)).min(1),
      /** Operations that show a prompt, by policy asked for; all others show none. */
      prompts: z.array(z.enum(operationNames)),
      /** Whether what it stores is part of the phone's backup. */
      backup: z.enum(['included', 'excluded']),
      /** What a new installation finds of an older one's items, where the platform keeps them: iOS keychain items stay. */
      reinstall: z.enum(['adopts', 'purges']).default('purges'),
    })
    .optional(),
  /** For profile `pin`: wrong PINs before it locks out, and the length of a PIN in digits. */
  pin: z
    .strictObject({ attempts: z.number().int().positive(), digits: z.tuple([z.number().int(), z.number().int()]) })
    .optional(),
  /** For profile `audit`. */
  audit: z
    .strictObject({
      /** What the names of the files begin with that hold the log, an entry a line. Tests change them behind its back. */
      files: z.string().min(1),
    })
    .optional(),
  /** For profile `capabilities`. */
  capabilities: z
    .strictObject({
      /** Platforms on which nobody can tell a frame from the page around it, so that it has the page's grants. */
      framesUntold: z.array(z.enum(appPlatforms)),
    })
    .optional(),
  /**
   * It claims to use algorithms that FIPS approves alone, for writing and for reading. Absent: it does not. So that tests
   * have something to be refused, one release of the app is outside of the profile; a vault that was set up by it is refused
   * by all others.
   */
  approved: z.strictObject({ outside: z.number().int().min(2) }).optional(),
  /** For profile `signing`. */
  signing: z
    .strictObject({
      /** Whether the person is asked for each signature, by a prompt of its own, or for none. */
      asks: z.enum(['each', 'never']),
      /** Whether `rotateKey` takes a raw key of 32 bytes, which tests then search for, or only makes its own. */
      keys: z.enum(['given', 'own']),
    })
    .optional(),
  /** How each program gets a fresh vault: under a namespace of its own, by `reset`, or by deleting its names. */
  restore: z.enum(['namespace', 'reset', 'delete']),
  /** What the adapter does beyond one vault call per operation. Shown in reports; earns no row. */
  derived: z.array(z.string()).default([]),
  /** Turns native errors into codes. Absent: the vault speaks the contract's codes itself. */
  mapping: z.array(mappingRowSchema).default([]),
})
export type Description = Readonly<z.infer<typeof descriptionSchema>>
