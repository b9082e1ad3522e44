import type { Trace } from '../../../harness/contract/device.ts'
import { settling } from '../../simulation/settling.ts'
import { attributes, type Bench, disproven, type Probe, proven, refusedBy, restarted, told } from './probe.ts'

export const processDeath: Probe = async (bench) => {
  const { effects } = bench
  const app = bench.open()
  effects.hold(true)
  const waiting = app.keychain.add(attributes('held', 'WhenUnlocked'))
  app.userDefaults.set('held', 'value')
  const pending = effects.pending()
  effects.drop()
  effects.hold(false)
  const heard = await settling(waiting)
  const zombie = await settling(app.keychain.add(attributes('zombie', 'WhenUnlocked')))
  const second = bench.open()
  effects.arm(0, () => {})
  const struck = await settling(second.keychain.add(attributes('struck', 'WhenUnlocked')))
  const third = restarted(bench)
  const found = await settling(third.keychain.copyMatching({ service: 'calibration', all: true }))
  const keys = await settling(third.userDefaults.keys())
  const nothing = refusedBy(found, -25300) && keys.is === 'answered' && keys.value.length === 0
  return pending === 2 && [heard, zombie, struck].every(({ is }) => is === 'waiting') && nothing
    ? proven('what waited at the death, was struck by it or came after it neither happened nor was answered')
    : disproven(
        `of ${pending} effects, at the death the waiting one ${told(heard)}, the struck one ${told(struck)}, one of the ` +
          `dead process ${told(zombie)}; then items ${told(found)}, defaults ${told(keys)}`,
      )
}

export const orderedEffects: Probe = async ({ effects, open }) => {
  const app = open()
  const order: string[] = []
  effects.hold(true)
  for (const name of ['first', 'second', 'third'])
    void app.keychain.add(attributes(name, 'WhenUnlocked')).then(() => order.push(name))
  const waiting = effects.pending()
  await settling(Promise.resolve())
  const early = order.length
  for (const index of [1, 1, 0]) {
    if (index < effects.pending()) effects.complete(index)
    await settling(Promise.resolve())
  }
  effects.hold(false)
  const found = await settling(app.keychain.copyMatching({ service: 'calibration', all: true }))
  const listed = found.is === 'answered' ? found.value.items.map(({ account }) => account).join(' ') : told(found)
  const wanted = 'second third first'
  return waiting === 3 && early === 0 && order.join(' ') === wanted && listed === wanted
    ? proven('three additions waited, and were answered and happened in the order second, third, first, as asked')
    : disproven(`${waiting} of 3 waited; asked for '${wanted}', answered '${order.join(' ')}', done '${listed}'`)
}

const tracesHold = async ({ device, namespace }: Bench, place: Trace['in'], text: string): Promise<boolean> => {
  let found = false
  for await (const trace of device.traces(namespace))
    if (trace.in === place) found ||= Buffer.from(trace.bytes).includes(text)
  return found
}

export const capturedOutput: Probe = async (bench) => {
  const line = `calibration line ${bench.namespace}`
  bench.open().log(line)
  return (await tracesHold(bench, 'output', line))
    ? proven('a line written to the log was found in the traces')
    : disproven('a line was written to the log, and the traces did not hold it')
}

export const searchedFiles: Probe = async (bench) => {
  const app = bench.open()
  app.userDefaults.set('key', 'calibration value')
  await settling(app.userDefaults.synchronize())
  return (await tracesHold(bench, 'file', 'calibration value'))
    ? proven('a value of the defaults was found in the traces')
    : disproven('a value was written to the defaults, and the traces did not hold it')
}
