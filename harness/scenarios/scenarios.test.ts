import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { controlNames } from '../contract/controls.ts'
import type { Description } from '../contract/description.ts'
import { operationNames } from '../contract/operations.ts'
import { type Program, programSchema } from '../contract/program.ts'
import { scenarios } from './index.ts'
import type { Ground } from './scenario.ts'

const description: Description = {
  name: 'any',
  version: '1',
  profiles: ['store', 'lifecycle', 'pin', 'database', 'biometric', 'gate', 'audit', 'capabilities'],
  operations: operationNames,
  values: 'bytes',
  limits: { value: { max: 4096, unit: 'bytes' } },
  durability: 'durable',
  keyring: 'every-call',
  pin: { attempts: 5, digits: [4, 12] },
  platform: 'android',
  biometric: {
    policies: ['current-set', 'any-enrolled', 'device-credential', 'none'],
    prompts: ['get'],
    backup: 'excluded',
    reinstall: 'purges',
  },
  restore: 'namespace',
  derived: [],
  mapping: [],
}
const ground: Ground = { description, controls: new Set(controlNames), commands: 30, others: true }

describe.each(scenarios)('scenario $id', (scenario) => {
  const arbitrary = scenario.program(ground)

  it('makes programs of the contract', () => {
    for (const program of fc.sample(arbitrary, { seed: 1, numRuns: 100 }))
      expect(() => programSchema.parse(program)).not.toThrow()
  })
  it('makes the same programs for the same seed', () => {
    expect(fc.sample(arbitrary, { seed: 5, numRuns: 20 })).toEqual(fc.sample(arbitrary, { seed: 5, numRuns: 20 }))
  })
  it('can shrink a program that came back from JSON', () => {
    const made = fc.sample(arbitrary, { seed: 3, numRuns: 40 }).find(({ commands }) => commands.length >= 20)
    const again = JSON.parse(JSON.stringify(made)) as Program
    const last = again.commands.at(-1)
    const holds = (program: Program) =>
      !program.commands.some((command) => JSON.stringify(command.do) === JSON.stringify(last?.do))
    const { counterexample } = fc.check(fc.property(arbitrary, holds), { examples: [[again]], numRuns: 1 })
    expect(counterexample?.[0]?.commands).toHaveLength(1)
    expect(counterexample?.[0]?.schedule).toHaveLength(0)
  })
})
