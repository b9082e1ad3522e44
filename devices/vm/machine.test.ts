import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { onPath } from '../../setup/machine.mjs'
import { cacheFolder } from './cache-folder.ts'
import { vmImage } from './image.ts'
import { startVirtualMachine, type VirtualMachine } from './machine.ts'

const able = ['qemu-system-x86_64', 'qemu-img', 'mmdebstrap'].every((name) => onPath(name, process.env))
if (!able)
  console.warn('SKIPPED: the device linux-vm was not tested here. Install qemu-system-x86, qemu-utils and mmdebstrap.')
const minutes = 60_000
const has = (vm: VirtualMachine, path: string) => vm.agent().ask({ do: 'has', path }, z.boolean())

describe.skipIf(!able)('a virtual machine', () => {
  let vm: VirtualMachine
  beforeAll(async () => {
    const cache = cacheFolder()
    const image = await vmImage(cache, (step) => console.log(step))
    vm = await startVirtualMachine({ image, cache, project: process.cwd(), start: 'tiny' })
  }, 15 * minutes)
  afterAll(async () => vm?.[Symbol.asyncDispose]())

  test(
    'a clean reboot boots another kernel and keeps the disk; a power cut loses what was not synced',
    async () => {
      const [kept, synced, unsynced] = ['kept', 'synced', 'unsynced'].map((name) => `/home/holdfast/${name}`) as [
        string,
        string,
        string,
      ]
      await vm.agent().ask({ do: 'note', path: kept, content: 'x' }, z.null())
      await vm.restart()
      expect(await has(vm, kept)).toBe(true)
      await vm.agent().ask({ do: 'note', path: synced, content: 'x' }, z.null())
      await vm.asRoot(['sync'])
      await vm.agent().ask({ do: 'note', path: unsynced, content: 'x' }, z.null())
      await vm.cutPower()
      expect([await has(vm, kept), await has(vm, synced), await has(vm, unsynced)]).toEqual([true, true, false])
      expect(new Set(vm.boots.map(({ kernel }) => kernel)).size).toBe(3)
    },
    6 * minutes,
  )
})

test.skipIf(!able)('its disk is gone after use', async () => {
  const mine = async () => (await readdir(cacheFolder())).filter((name) => name.startsWith(`run-${process.pid}-`))
  expect(await mine()).toEqual([])
})
