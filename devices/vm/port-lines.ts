import { z } from 'zod'

const numbered = { of: z.number().int().positive() }

/** What the machine says over its port: at its start, and of the processes that it runs. */
export const machineLineSchema = z.union([
  z.strictObject({ hello: z.strictObject({ boot: z.string(), started: z.number() }) }),
  z.strictObject({ ...numbered, pid: z.number().int() }),
  z.strictObject({ ...numbered, out: z.base64() }),
  z.strictObject({ ...numbered, err: z.base64() }),
  /** As a shell tells it: 128 and more is a signal. */
  z.strictObject({ ...numbered, ended: z.number().int() }),
])
export type MachineLine = Readonly<z.infer<typeof machineLineSchema>>

/** A start: the kernel's own id of it, and when it was, in seconds since 1970 by its own clock. */
export type Hello = Extract<MachineLine, { hello: unknown }>['hello']

/** What it is asked: the name of a method of machine.py, and its arguments. */
export type PortRequest =
  | {
      readonly do: 'run'
      readonly process: number
      readonly command: readonly string[]
      readonly environment: Readonly<Record<string, string>>
      readonly user: 'holdfast' | 'root'
    }
  | { readonly do: 'give'; readonly process: number; readonly input: string }
  /** So many bytes of an output were taken. */
  | { readonly do: 'more'; readonly process: number; readonly output: 'out' | 'err'; readonly bytes: number }
  | { readonly do: 'stop' }
