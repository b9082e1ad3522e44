import { expect, it } from 'vitest'
import type { Command } from '../contract/program.ts'
import { writeToken } from '../engine/token.ts'
import { replay } from './replay.ts'

const spec = { name: 'sound@model', vault: 'module:./fixtures/sound/store.ts', device: 'model' }
const put: Command = { do: 'call', op: { op: 'put', name: 'a', value: { canary: 1, size: 16, kind: 'text' } } }
const get: Command = { do: 'call', op: { op: 'get', name: 'a' } }
const tokenOf = (...commands: readonly Command[]) =>
  writeToken({
    holdfast: '0.1.0',
    target: spec.name,
    requirement: 'PST-06',
    program: { commands, schedule: [] },
  })

it('runs the program of a token', async () => {
  const { sentence, exit } = await replay(tokenOf(put, get), spec, { allowLoginKeyring: false })
  expect([sentence, exit]).toEqual(['PST-06 holds this time on sound@model.', 0])
})

it('refuses a program with what the device cannot do, and names what it can', async () => {
  const enrol: Command = { do: 'control', control: { control: 'enrol', what: 'finger' } }
  await expect(replay(tokenOf(put, enrol, get), spec, { allowLoginKeyring: false })).rejects.toThrow(
    /^This program uses enrol, which the device model cannot do; it has advance-clock, copy-files, .*wipe-keyring\. Choose another with --device\.$/,
  )
})
