import { settling } from '../../simulation/settling.ts'
import { attributes, disproven, type Probe, proven, refusedBy, restarted, told } from './probe.ts'

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

export const capturedOutput: Probe = async ({ device, namespace, open }) => {
  const app = open()
  const line = `calibration line ${namespace}`
  app.log(line)
  app.userDefaults.set('key', 'calibration value')
  await settling(app.userDefaults.synchronize())
  let log = false
  let file = false
  for await (const trace of device.traces(namespace)) {
    const bytes = Buffer.from(trace.bytes)
    if (trace.in === 'output') log ||= bytes.includes(line)
    else file ||= bytes.includes('calibration value')
  }
  return log && file
    ? proven('a line written to the log and a value of the defaults were found in the traces')
    : disproven(`found in the traces: log line ${log}, defaults ${file}`)
}
