import { describe, expect, it } from 'vitest'
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
    /^This program uses enrol, which the device model cannot do; it has advance-clock, .*wipe-keyring\. Choose another with --device\.$/,
  )
})

describe('beside another device', () => {
  const phone = (os: 'android' | 'ios') => ({
    name: `reference@virtual-${os}`,
    vault: `module:./reference/phone/${os}-module.ts`,
    device: `virtual-${os}`,
  })
  const on = async (...commands: readonly Command[]) => {
    const token = writeToken({
      holdfast: '0.1.0',
      target: 'reference@virtual-android',
      requirement: 'PST-06',
      program: { commands, schedule: [] },
    })
    return replay(token, phone('ios'), { allowLoginKeyring: false, beside: phone('android') })
  }
  it('a program that goes the same way on both is said to', async () => {
    const { comparison, sentence, exit } = await on(put, get)
    expect(comparison).toMatchObject({ here: 'reference@virtual-ios', difference: null })
    expect(sentence).toBe('PST-06 holds this time on reference@virtual-ios, and it holds on reference@virtual-android.')
    expect(exit).toBe(0)
  })
  it('names the first command by which they differ: an iPhone has no weak face', async () => {
    const face: Command = { do: 'control', control: { control: 'enrol', what: 'weak-face' } }
    const { comparison } = await on(put, face, get)
    expect(comparison?.difference).toEqual({ command: 1, in: 'fate', here: 'left-out', there: 'done' })
  })
})

it.each([
  ['module:./reference/phone/android-module.ts', 'virtual-ios', 'is written for Android', 'virtual-android.'],
  ['module:./fixtures/sound/store.ts', 'virtual-android', 'is written for desktops', 'model, host.'],
  ['stdio:node reference/stdio.ts', 'model', 'runs in a process of its own', 'host, linux-container.'],
])('%s cannot run on %s, and is told where it can', async (vault, device, told, able) => {
  const wrong = replay(tokenOf(put, get), { name: `v@${device}`, vault, device }, { allowLoginKeyring: false })
  await expect(wrong).rejects.toMatchObject({
    name: 'WrongDevice',
    message: `The vault '${vault}' ${told}, and the device ${device} cannot run such a one: it can run on ${able}`,
  })
})
