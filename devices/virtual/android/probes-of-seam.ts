import type { Trace } from '../../../harness/contract/device.ts'
import type { FacetState, MachineFacet } from '../../../harness/contract/environment.ts'
import { ask, type Bench, got, quiet, toldOf } from './bench.ts'

export type Probe = (bench: Bench) => Promise<FacetState>
export const proven = (evidence: string): FacetState => ({ is: 'proven', evidence })
export const disproven = (evidence: string): FacetState => ({ is: 'disproven', evidence })

const ours = Uint8Array.of(0x70, 0x72, 0x6f, 0x62, 0x65)

const processDeath: Probe = async ({ effects, phases, prompts, start }) => {
  const first = start()
  await got(first.sharedPreferences('probe').edit().putString('kept', 'yes').commit())
  const { heard } = await ask(first)
  effects.hold(true)
  const held = first.noBackupFiles.write('held', ours)
  first.sharedPreferences('probe').edit().putString('applied', 'yes').apply()
  await quiet()
  const waiting = effects.pending()
  effects.drop()
  effects.hold(false)
  const heldTold = await toldOf(held)
  const stillUp = prompts.up()
  const late = await toldOf(first.noBackupFiles.write('late', ours))
  const second = start()
  effects.arm(0, () => {})
  const struck = await toldOf(second.noBackupFiles.write('struck', ours))
  effects.drop()
  const third = start()
  const files = await got(third.noBackupFiles.list())
  const entries = await got(third.sharedPreferences('probe').keys())
  const dead = [heldTold, late, struck].every((one) => one === 'never answered') && heard.length === 0 && !stillUp
  const seen = phases.join(' ')
  return waiting === 2 && dead && seen === 'shown lost' && files.length === 0 && entries.join() === 'kept'
    ? proven(
        'effects that waited at the death, were struck by it or were begun after it neither happened nor were answered, ' +
          'preferences that were applied and not yet written were lost, and the prompt was gone without a word',
      )
    : disproven(
        `at the death ${waiting} of 2 effects waited; then the waiting one was ${heldTold}, a later one ${late}, a struck ` +
          `one ${struck}; files: ${files.length}, preferences: ${entries.join()}; prompt: ${seen}, told ${heard.join()}`,
      )
}

const orderedEffects: Probe = async ({ device, effects, start }) => {
  const app = start()
  const order: string[] = []
  const { heard } = await ask(app)
  effects.hold(true)
  for (const name of ['first', 'second', 'third']) void app.noBackupFiles.write(name, ours).then(() => order.push(name))
  await device.apply({ control: 'touch', finger: 'wrong' })
  await device.apply({ control: 'touch', finger: 'right' })
  await quiet()
  const waiting = effects.pending()
  const early = order.length + heard.length
  for (const index of [1, 1, 0]) {
    if (index < effects.pending()) effects.complete(index)
    await quiet()
  }
  for (let left = effects.pending(); left > 0; left = effects.pending()) {
    effects.complete(left - 1)
    await quiet()
  }
  effects.hold(false)
  const listed = await got(app.noBackupFiles.list())
  const wanted = 'second third first'
  const asWanted = order.join(' ') === wanted && listed.join(' ') === wanted && heard.join(' ') === 'missed matched'
  return waiting === 4 && early === 0 && asWanted
    ? proven(
        'three writes were answered and happened in the order second, third, first, as asked; of a miss and the match ' +
          'behind it one waited at a time',
      )
    : disproven(
        `${waiting} of 4 effects waited; asked for '${wanted}', answered '${order.join(' ')}', done '${listed.join(' ')}'; ` +
          `the callback heard '${heard.join(' ')}'`,
      )
}

const tracesOf = async ({ device }: Bench, place: Trace['in']): Promise<Buffer> => {
  const seen: Uint8Array[] = []
  for await (const trace of device.traces('holdfast-calibration')) if (trace.in === place) seen.push(trace.bytes)
  return Buffer.concat(seen)
}

const capturedOutput: Probe = async (bench) => {
  bench.start().log('probe', 'calibration line')
  return (await tracesOf(bench, 'output')).includes('calibration line')
    ? proven('a line of the log was found in the traces')
    : disproven('a line was written to the log, and the traces did not hold it')
}

const searchedFiles: Probe = async (bench) => {
  const app = bench.start()
  await got(app.noBackupFiles.write('trace', ours))
  await got(app.sharedPreferences('probe').edit().putString('entry', 'calibration entry').commit())
  const seen = await tracesOf(bench, 'file')
  const found = [Buffer.from(ours), 'calibration entry'].map((what) => seen.includes(what))
  return found.every(Boolean)
    ? proven('a file and an entry of preferences were found in the traces')
    : disproven(`found in the traces: file ${found[0]}, preferences ${found[1]}`)
}

/** Facets of every simulated device. */
export const probesOfSeam = {
  'process-death': processDeath,
  'ordered-effects': orderedEffects,
  'captured-output': capturedOutput,
  'searched-files': searchedFiles,
} as const satisfies Partial<Record<MachineFacet, Probe>>
