import type { Channel } from '../../harness/contract/device.ts'
import { seePlanted } from '../memory/planted.ts'
import { mappedBy } from './far-memory.ts'
import type { Readings } from './readings.ts'
import { watchedDesktop } from './sight.ts'
import type { Desktop } from './take-readings.ts'

/** Seconds for which a child of our probe, and a file with a wrong mode, are there to be seen. */
const thereSeconds = 0.3

/** A process that does to its memory, its files and its children what a vault should not. */
const script = `
import os, subprocess, sys, time
def marker(number):
    return bytes(65 + (((at + number * 1000) * 0x9e3779b1 & 0xffffffff) >> 16) % 26 for at in range(48))
data = os.environ["HOLDFAST_DATA"]
held = bytearray(marker(1))
os.umask(0o022)
def make(path, mode):
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, mode))
make(data + "/by-umask", 0o666)
make(data + "/own", 0o600)
make(data + "/late", 0o644)
make(sys.argv[1], 0o644)
subprocess.run(["/bin/sh", "-c", "sleep ${thereSeconds}; true", marker(3)], env=os.environ | {"HOLDFAST_PROBE": marker(2).decode()})
os.chmod(data + "/late", 0o600)
print("ready", flush=True)
sys.stdin.read()
print(len(held))
`

const said = async (channel: Channel): Promise<void> => {
  for await (const line of channel.lines) if (line === 'ready') return
  throw new Error(`the probe ended: ${await channel.ended} ${channel.takeErrors()}`)
}

/** Our own eyes, tried on a process of ours. @param namespace of the probe, whose files go when it is swept */
export const readSight = async (machine: Desktop, namespace: string): Promise<Readings['sight']> => {
  const { start, sight, leaders } = watchedDesktop(machine)
  const temporary = `/tmp/${namespace}-temporary`
  // What the probes before left is seen each time.
  await sight.takeFiles()
  const before = (await sight.takeFiles())?.files ?? 0
  await using channel = await start(['python3', '-c', script, temporary], {})
  await said(channel)
  const modes = await sight.takeFiles()
  const when = (name: string) => modes?.open.find(({ where }) => where === name)?.when ?? null
  const { processes: told, memory } = await seePlanted(sight)
  const { swapAreas, corePattern, processes } = await mappedBy(machine.agent(), leaders())
  return {
    files: {
      count: (modes?.files ?? 0) - before,
      byUmask: when('by-umask'),
      own: when('own'),
      late: when('late'),
      temporary: when(temporary),
    },
    processes: told,
    memory: {
      ...memory,
      swappedKiB: processes.reduce((sum, { swappedKiB }) => sum + swappedKiB, 0),
      swapAreas,
      coreLimits: processes[0]?.coreLimits ?? ['unknown', 'unknown'],
      corePattern,
    },
  }
}
