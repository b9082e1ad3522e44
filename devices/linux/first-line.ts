import type { Channel } from '../../harness/contract/device.ts'

/** The first line that a process says; empty where it says none. */
export const firstLine = async (channel: Channel): Promise<string> => {
  for await (const line of channel.lines) return line
  return ''
}
