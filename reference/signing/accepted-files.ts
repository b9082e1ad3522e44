import { hash } from 'node:crypto'
import type { Files, Log } from '../../harness/contract/platforms/desktop.ts'
import { alone } from '../alone.ts'
import { queue } from '../queue.ts'
import type { SeenTransactions } from './receiver.ts'

/** What a receiver has had, in a folder of its own: an empty file for each transaction. Durable before it is told. */
export function acceptedFiles(files: Files, log: Log): SeenTransactions {
  const inTurn = queue()
  const byItself = alone(files, log)
  return {
    add: (id) =>
      inTurn(() =>
        byItself(async () => {
          const name = `accepted-${hash('sha256', id)}`
          if ((await files.read(name)) !== null) return false
          await files.write(name, new Uint8Array())
          await files.sync(name)
          await files.syncDirectory()
          return true
        }),
      ),
  }
}
