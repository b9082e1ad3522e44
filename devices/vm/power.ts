import type { Channel } from '../../harness/contract/device.ts'
import type { PowerReading } from './judge-power.ts'
import type { VirtualMachine } from './machine.ts'

/** No secret: what our own probe stores. */
const wrote = 'holdfast-probe'

/** What a script prints, to its end. */
const printed = async (machine: VirtualMachine, script: string): Promise<string> => {
  await using channel: Channel = await machine.start(['sh', '-c', script], {})
  const lines: string[] = []
  for await (const line of channel.lines) lines.push(line)
  const ended = await channel.ended
  if (ended !== '0') throw new Error(`'${script}' ended with ${ended}: ${channel.takeErrors().trim()}`)
  return lines.join('\n')
}

/**
 * Cuts the power. With `contents`, the file system first commits what it knows of names, as it does every five seconds:
 * a sync of another file makes it do so, and leaves the contents of new files in memory alone.
 */
export const loseWhat = async (machine: VirtualMachine, loses: 'all' | 'contents'): Promise<void> => {
  if (loses === 'contents') await printed(machine, 'f="$HOME/.holdfast-commit"; echo > "$f"; sync "$f"')
  await machine.cutPower()
}

/** Cuts the power between a file that was synced and one that was not. */
export const takePowerReading = async (
  machine: VirtualMachine,
  namespace: string,
): Promise<PowerReading | { readonly failed: string }> => {
  const [synced, unsynced] = [`$HOME/${namespace}-synced`, `$HOME/${namespace}-unsynced`]
  const read = async (file: string) => {
    const seen = await printed(machine, `[ -f "${file}" ] && { cat "${file}"; echo; } || echo none`)
    return seen === 'none' ? null : seen.trim()
  }
  try {
    await printed(machine, `printf %s ${wrote} > "${synced}"; sync "${synced}" "$HOME"`)
    await printed(machine, `printf %s ${wrote} > "${unsynced}"`)
    const seenBefore = (await read(unsynced)) === wrote
    const before = machine.boots.at(-1)?.kernel ?? ''
    await machine.cutPower()
    const after = machine.boots.at(-1)?.kernel ?? ''
    return { kernel: [before, after], synced: await read(synced), unsynced: await read(unsynced), wrote, seenBefore }
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) }
  } finally {
    await printed(machine, `rm -f "${synced}" "${unsynced}"`).catch(() => {})
  }
}
