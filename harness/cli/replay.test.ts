import { describe, expect, it } from 'vitest'
import type { Command } from '../contract/program.ts'
import { writeToken } from '../engine/token.ts'
import { replay } from './replay.ts'
import { smoke } from './smoke.ts'

/** Each target comes up in a thread of its own. */
const slow = { timeout: 30_000 }
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

it('says in words what a program lacks that says nothing', async () => {
  const { sentence, exit } = await replay(tokenOf(put), spec, { allowLoginKeyring: false })
  expect([sentence, exit]).toEqual([
    'This program says nothing of PST-06 on sound@model: what is judged occurred, and the same where it must work did not (a value was written and read back unchanged).',
    3,
  ])
})

it('says that a requirement does not apply to such a vault', async () => {
  const token = writeToken({
    holdfast: '0.1.0',
    target: spec.name,
    requirement: 'BOOT-05',
    program: { commands: [put, get], schedule: [] },
  })
  const { sentence, exit } = await replay(token, spec, { allowLoginKeyring: false })
  expect(sentence).toMatch(/^BOOT-05 does not apply to sound@model: .*\.$/)
  expect(exit).toBe(3)
})

it('refuses a program with what the device cannot do, and names what it can', async () => {
  const enrol: Command = { do: 'control', control: { control: 'enrol', what: 'finger' } }
  await expect(replay(tokenOf(put, enrol, get), spec, { allowLoginKeyring: false })).rejects.toThrow(
    /^This program uses enrol, which the device model cannot do; it has advance-clock, .*wipe-keyring\. Choose another with --device\.$/,
  )
})

describe('a module that would hold its thread for ever', slow, () => {
  const looping = {
    name: 'loops@model',
    vault: 'module:./fixtures/bad-adapters/module-loops.mjs',
    device: 'model',
  }
  const usual = { allowLoginKeyring: false }
  const hurried = { ...usual, patience: { silenceMs: 600 } }
  const held = /^The vault '.*module-loops\.mjs' held its thread for 0\.6 s: it loops or waits without end\.$/
  it('is ended in a replay, and told', async () => {
    const gets = Array.from({ length: 45 }, () => get)
    const again = replay(tokenOf(put, ...gets), looping, hurried)
    await expect(again).rejects.toMatchObject({ name: 'AdapterFault', message: expect.stringMatching(held) })
  })
  it('is ended while its adapter is tried', async () => {
    const vault = looping.vault.replace('loops', 'loops-at-once')
    const tried = await smoke({ ...looping, vault }, hurried)
    expect(tried).toMatchObject({ ok: false, blame: 'adapter' })
    expect(tried.sentence).toContain('held its thread for 0.6 s')
  })
  it('is ended where it ends its thread itself', async () => {
    const vault = looping.vault.replace('loops', 'ends-the-thread')
    const again = replay(tokenOf(put, ...Array.from({ length: 45 }, () => get)), { ...looping, vault }, usual)
    await expect(again).rejects.toThrow(/ended the thread that it runs in\.$/)
  })
})

describe('beside another device', slow, () => {
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
  it('what happened here is told where the other cannot run it', async () => {
    const { comparison, sentence, exit } = await replay(tokenOf(put, get), phone('ios'), {
      allowLoginKeyring: false,
      beside: { ...phone('ios'), name: 'reference@model', device: 'model' },
    })
    expect({ comparison, exit }).toEqual({ comparison: undefined, exit: 0 })
    expect(sentence).toMatch(
      /^PST-06 holds this time on reference@virtual-ios\. With reference@model nothing could be compared: The vault '.*' is written for iOS, /,
    )
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
  [
    'stdio:node reference/stdio.ts',
    'model',
    'runs in a process of its own',
    'host, linux-container, linux-keepassxc, linux-vm, linux-vm-login.',
  ],
])('%s cannot run on %s, and is told where it can', async (vault, device, told, able) => {
  const wrong = replay(tokenOf(put, get), { name: `v@${device}`, vault, device }, { allowLoginKeyring: false })
  await expect(wrong).rejects.toMatchObject({
    name: 'WrongDevice',
    message: `The vault '${vault}' ${told}, and the device ${device} cannot run such a one: it can run on ${able}`,
  })
})
