import { z } from 'zod'
import { type Control, controlSchema } from './controls.ts'
import { type Operation, operationSchema } from './operations.ts'

/**
 * One step: a call that runs to its end, a call left pending, or something done to the world. `by`: another process of the
 * app calls, which has the same vault open, where the device can have two.
 */
export type Command =
  | { readonly do: 'call'; readonly op: Operation; readonly by?: 'other' }
  | { readonly do: 'start'; readonly op: Operation; readonly by?: 'other' }
  | { readonly do: 'control'; readonly control: Control }

const by = { by: z.literal('other').optional() }
export const commandSchema: z.ZodType<Command> = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('call'), op: operationSchema, ...by }),
  z.strictObject({ do: z.literal('start'), op: operationSchema, ...by }),
  z.strictObject({ do: z.literal('control'), control: controlSchema }),
])

/**
 * What is run: commands, and the order in which effects complete. Whenever several effects are pending, the next
 * number of the schedule (modulo how many are pending) says which completes; past its end, the oldest does.
 */
export interface Program {
  readonly commands: readonly Command[]
  readonly schedule: readonly number[]
}
export const programSchema: z.ZodType<Program> = z.strictObject({
  commands: z.array(commandSchema),
  schedule: z.array(z.number().int().nonnegative()),
})
