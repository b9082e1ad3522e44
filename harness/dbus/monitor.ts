import { bus, connect, DBusError } from './connection.ts'

/** Counts calls that anybody makes on a bus. */
export interface CallCounter extends Disposable {
  /** Calls of these members so far, every one included that was made before this was asked. */
  count(): Promise<number>
}

const mark = 'HoldfastMark'

/** Watches a bus for calls of some members. For a bus of our own: the calls of a person are not ours to watch. */
export async function countCalls(socket: string, members: readonly string[]): Promise<CallCounter> {
  using made = new DisposableStack()
  // One that monitors can do nothing else.
  const monitor = made.use(await connect(socket))
  const own = made.use(await connect(socket))
  const awaited = new Map<string, () => void>()
  let seen = 0
  let marks = 0
  monitor.listen(({ type, member, body }) => {
    if (type !== 'call' || member === undefined) return
    if (members.includes(member)) seen++
    if (member === mark) awaited.get(String(body[0]))?.()
  })
  const rules = [...members, mark].map((member) => `type='method_call',member='${member}'`)
  const monitoring = { path: bus.path, interface: 'org.freedesktop.DBus.Monitoring', member: 'BecomeMonitor' }
  await monitor.call({ ...monitoring, signature: 'asu', body: [rules, 0] })
  const owned = made.move()
  return {
    async count() {
      const token = `${process.pid}-${marks++}`
      const arrived = new Promise<void>((resolve) => awaited.set(token, resolve))
      try {
        // The bus tells the monitor in its own order: once the mark is there, all before it are.
        await own.call({ ...bus, member: mark, signature: 's', body: [token] })
      } catch (error) {
        // The bus knows no such call, as is meant.
        if (!(error instanceof DBusError) || !error.dbusName.endsWith('.UnknownMethod')) throw error
      }
      await arrived
      awaited.delete(token)
      return seen
    },
    [Symbol.dispose]: () => owned.dispose(),
  }
}
