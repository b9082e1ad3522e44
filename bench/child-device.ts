import { openChildChannel } from '../devices/host/child-channel.ts'
import type { Device } from '../harness/contract/device.ts'

/** The child processes of the device `host`, without the rest of it: nothing of this machine is looked at. */
export const childDevice = (): Device => ({
  name: 'child',
  controls: new Set(),
  calibrate: () => Promise.reject(new Error('a device for measuring time proves nothing')),
  channel: (command, more) => openChildChannel(command, { environment: { PATH: process.env.PATH, ...more } }),
  restore: async () => {},
  apply: async () => 'skipped',
  now: () => performance.now(),
  boot: () => 0,
  footprint: async () => null,
  async *traces() {},
  sweep: async () => {},
  async [Symbol.asyncDispose]() {},
})
