import { expect, test } from 'vitest'
import { type ControlName, controlNames } from '../../harness/contract/controls.ts'
import { lacking, lacksOf } from './lacking.ts'

const own = new Set<ControlName>(['enrol', 'touch', 'kill-app'])

test('tells why of each control that lacks, and nothing of one that is there or lacks in part', () => {
  const lacks = lacksOf('android-emulator', own)
  expect(lacks['change-phone']).toContain('one session leads to one phone')
  expect(lacks).not.toHaveProperty('enrol')
  expect(lacks).not.toHaveProperty('reboot')
  expect(lacksOf('android-emulator', new Set([...own, 'reinstall']))).not.toHaveProperty('reinstall')
})

test('names controls that there are, each part of one once', () => {
  expect(controlNames).toEqual(expect.arrayContaining(lacking.map(({ control }) => control)))
  const named = lacking.flatMap(({ control, only, on }) => on.map((kind) => `${control} ${only} ${kind}`))
  expect(new Set(named).size).toBe(named.length)
})
