import { readdirSync, readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { linuxVm } from '../devices/vm/device.ts'
import type { Control } from '../harness/contract/controls.ts'

// node bench/vm.ts: seconds from the start of the virtual machine to an agent that answers, of a clean reboot, and of a power
// cut with a look at what it left; beside each the seconds of processor that the machine took, which a busy machine
// leaves as they are.
const targets = { start: 6, reboot: 20, cut: 10 } as const
/** Clock ticks a second, as Linux tells times of processes. */
const ticks = 100

/** What the machine that runs now has taken of a processor since its start, in seconds. */
const taken = (): number => {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const [, name = '', rest = ''] = /\((.*)\) (.*)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
        const fields = rest.split(' ')
        return name.startsWith('qemu-system') && Number(fields[1]) === process.pid ? [fields] : []
      } catch {
        return []
      }
    })
  return stats.reduce((sum, fields) => sum + (Number(fields[11]) + Number(fields[12])) / ticks, 0)
}

const timed = async <T>(name: keyof typeof targets, work: () => Promise<T>): Promise<T> => {
  const began = performance.now()
  const result = await work()
  const seconds = (performance.now() - began) / 1000
  process.stdout.write(
    `${name}: ${seconds.toFixed(1)} s (asked for: ${targets[name]}), processor ${taken().toFixed(1)} s. ` +
      `Load ${loadavg()[0]?.toFixed(1)}.\n`,
  )
  return result
}

await using device = await timed('start', () => linuxVm())
const look = async () => {
  await using channel = await device.channel?.(['cat', '/proc/sys/kernel/random/boot_id'], {})
  for await (const line of channel?.lines ?? []) return line
  throw new Error('the machine said nothing')
}
const seen = new Set([await look()])
const again = async (control: Control) => {
  await device.apply(control)
  seen.add(await look())
}
await timed('reboot', () => again({ control: 'restart-machine' }))
for (let n = 0; n < 2; n++) await timed('cut', () => again({ control: 'cut-power', loses: 'all' }))
if (seen.size !== 4) throw new Error(`four starts were of ${seen.size} kernels`)
