import { strictEqual } from 'node:assert'
import type { Channel, Device } from '../../harness/contract/device.ts'
import { responseSchema } from '../../harness/contract/protocol.ts'

/** Starts a process on a device of a test. */
export const start = async (device: Pick<Device, 'channel'>, ...command: string[]): Promise<Channel> => {
  const channel = await device.channel?.(command, {})
  if (channel === undefined) throw new Error('the device starts no processes')
  return channel
}

/** The next line that it says. @throws with how it ended, where it says nothing more */
export const nextLine = async (channel: Channel): Promise<string> => {
  for await (const line of channel.lines) return line
  throw new Error(`ended: ${await channel.ended} ${channel.takeErrors()}`)
}

/** A vault behind its adapter, as the harness asks it. */
export interface SampleAdapter {
  /** The answer without its number. */
  ask(request: object): Promise<object>
  readonly channel: Channel
}

/** Starts an adapter that has said hello and has begun in a namespace. */
export const startAdapter = async (
  device: Pick<Device, 'channel'>,
  namespace: string,
  ...command: string[]
): Promise<SampleAdapter> => {
  const channel = await start(device, ...command)
  let id = 0
  const ask = async (request: object) => {
    channel.send(JSON.stringify({ id: ++id, ...request }))
    const { id: _, ...answer } = responseSchema.parse(JSON.parse(await nextLine(channel))) as { id?: number }
    return answer
  }
  channel.send('{"hello":{"protocol":1}}')
  strictEqual('hello' in responseSchema.parse(JSON.parse(await nextLine(channel))), true)
  strictEqual(JSON.stringify(await ask({ begin: { namespace } })), '{"ok":null}')
  return { ask, channel }
}
