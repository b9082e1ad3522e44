import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Channel, Device } from '../contract/device.ts'
import { sampleStore } from '../contract/sample-store.ts'
import { protocolTarget } from './protocol-target.ts'

/** An adapter that makes secrets from recipes, so that it answers a read with a digest, whoever made the value. */
const digesting = (): Channel => {
  const queue: string[] = []
  let wake = () => {}
  let stored = Buffer.alloc(0)
  const end = Promise.withResolvers<string>()
  const say = (line: object) => {
    queue.push(JSON.stringify(line))
    wake()
  }
  return {
    send(line) {
      const { id, op, value, hello } = JSON.parse(line)
      if (hello !== undefined)
        return say({
          hello: {
            protocol: 1,
            description: { ...sampleStore, values: 'bytes', restore: 'namespace', secrets: 'recipes' },
          },
        })
      if (op === 'put') stored = Buffer.from(value.bytes, 'base64')
      const sha256 = createHash('sha256').update(stored).digest('hex')
      return say({ id, ok: op === 'get' ? { sha256, size: stored.length } : null })
    },
    lines: (async function* () {
      for (;;) {
        while (queue.length > 0) yield queue.shift() ?? ''
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    })(),
    takeErrors: () => '',
    kill: async () => end.resolve('SIGKILL'),
    ended: end.promise,
    [Symbol.asyncDispose]: async () => end.resolve('SIGKILL'),
  }
}

test('a value that an adapter was given as it is comes back as it is, though the adapter answers with digests', async () => {
  const device = { channel: async () => digesting(), [Symbol.asyncDispose]: async () => {} } as unknown as Device
  await using target = await protocolTarget({ device, command: ['fake'], deadlineMs: 1000 })
  await target.begin('n')
  await target.invoke({ op: 'put', name: 'a', value: Buffer.from('a value') })
  const read = await target.invoke({ op: 'get', name: 'a' })
  expect(read.is === 'ok' && Buffer.from(read.value as Uint8Array).toString()).toBe('a value')
})
