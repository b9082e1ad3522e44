import type { Trace } from '../../harness/contract/device.ts'
import { settling } from '../simulation/settling.ts'
import { type Bench, disproven, item, newer, ours, type Probe, proven } from './probe.ts'

/** What the traces of one kind hold. */
const traced = async ({ device, namespace }: Bench, place: Trace['in']): Promise<Buffer> => {
  const seen: Uint8Array[] = []
  for await (const trace of device.traces(namespace)) if (trace.in === place) seen.push(trace.bytes)
  return Buffer.concat(seen)
}

export const capturedOutput: Probe = async (bench) => {
  const line = `calibration line ${bench.namespace}`
  bench.ports.log.write(line)
  return (await traced(bench, 'output')).includes(line)
    ? proven('a line written to the log was found in the traces')
    : disproven('a line was written to the log, and the traces did not hold it')
}

export const searchedFiles: Probe = async (bench) => {
  const { files } = bench.ports
  await settling(files.write('synced', ours))
  await settling(files.sync('synced'))
  await settling(files.write('draft', newer))
  const found = await traced(bench, 'file')
  const [synced, draft] = [found.includes(Buffer.from(ours)), found.includes(Buffer.from(newer))]
  return synced && draft
    ? proven('a file on the disk and one that was not synced yet were found in the traces')
    : disproven(`found in the traces: a synced file ${synced}, one not synced ${draft}`)
}

export const seenAttributes: Probe = async (bench) => {
  const { keyring } = bench.ports
  await settling(keyring.set({ ...item(bench, 'an account'), label: 'a label' }, ours))
  await settling(keyring.set({ ...item(bench, 'in memory'), collection: 'session' }, ours))
  const found = await traced(bench, 'keyring')
  const missing = ['an account', 'a label', 'in memory'].filter((text) => !found.includes(text))
  return missing.length === 0
    ? proven('the accounts of two items of ours and the label of one were found in the traces')
    : disproven(`two items were set; the traces did not hold: ${missing.join(', ')}`)
}

export const countedItems: Probe = async (bench) => {
  const { device, namespace, ports } = bench
  const before = await device.footprint(namespace)
  await settling(ports.keyring.set(item(bench, 'one'), ours))
  await settling(ports.keyring.set({ ...item(bench, 'two'), collection: 'session' }, ours))
  await settling(ports.keyring.set({ service: 'somebody-else', account: 'one' }, ours))
  await settling(ports.keyring.get(item(bench, 'one')))
  const after = await device.footprint(namespace)
  const items = (after?.items ?? 0) - (before?.items ?? 0)
  const reads = (after?.secretReads ?? 0) - (before?.secretReads ?? 0)
  return items === 2 && reads === 1
    ? proven('two items set and one secret read were counted, and an item of somebody else was not')
    : disproven(`two items were set and one secret read; counted were ${items} items and ${reads} reads`)
}

export const observedKdf: Probe = async (bench) => {
  bench.device.takeDerivations?.()
  const input = { password: ours, salt: new Uint8Array(16), memoryKiB: 64, iterations: 1, parallelism: 1, length: 32 }
  await settling(bench.ports.kdf.argon2id(input))
  const seen = bench.device.takeDerivations?.() ?? []
  const [one] = seen
  return seen.length === 1 && one?.memoryKiB === 64 && one.iterations === 1 && one.saltBytes === 16
    ? proven('a derivation of ours was seen with the cost that we asked for')
    : disproven(`one derivation of ours was made; ${seen.length} were seen`)
}
