import fc, { type Arbitrary } from 'fast-check'
import { type ControlName, phoneProfiles } from '../contract/controls.ts'
import type { Command } from '../contract/program.ts'
import type { Weighted } from './commands.ts'
import { pick, record } from './one-form.ts'
import type { Ground } from './scenario.ts'

type Choices = Readonly<Record<string, readonly [string | boolean | number, ...(string | boolean | number)[]]>>

/** A control with a choice for each of its fields; nothing where the device lacks it. */
export function act(ground: Ground, control: ControlName, choices: Choices = {}, weight = 1): readonly Weighted[] {
  if (!ground.controls.has(control)) return []
  const fields: Record<string, Arbitrary<unknown>> = { control: fc.constantFrom(control) }
  for (const [field, values] of Object.entries(choices)) fields[field] = fc.constantFrom(...values)
  const arbitrary = record({ do: pick('control'), control: record(fields) }) as unknown as Arbitrary<Command>
  return [{ weight, arbitrary }]
}

/** Kinds of phone of the vault's platform. The first is the usual one. */
export function phones({ description }: Ground): readonly [string, ...string[]] {
  const [first, ...more] = phoneProfiles.filter((profile) => profile.startsWith(`${description.platform}-`))
  return first === undefined ? phoneProfiles : [first, ...more]
}

/** What a program may begin with: any kind of phone, or those asked for. */
export const onPhone = (ground: Ground, ...profiles: readonly string[]): readonly Weighted[] => {
  const known = phones(ground)
  const [first, ...more] = profiles.length === 0 ? known : known.filter((profile) => profiles.includes(profile))
  return first === undefined ? [] : act(ground, 'use-phone', { profile: [first, ...more] })
}

/** Whether the vault runs on a phone whose person is played by the harness. */
export const isPhone = ({ controls, description }: Ground): boolean =>
  (description.platform === 'android' || description.platform === 'ios') && controls.has('enrol')

/** Stories whose every step this ground has: one that lacks its point says nothing. */
export const whole = (
  stories: readonly (readonly (readonly Weighted[])[])[],
): readonly (readonly (readonly Weighted[])[])[] => stories.filter((steps) => steps.every((step) => step.length > 0))
