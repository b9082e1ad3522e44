import { type Queue, queue } from '../queue.ts'

/** Runs work on the same name one after another, and work on different names side by side. */
export function turns(): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  const lines = new Map<string, { readonly inTurn: Queue; waiting: number }>()
  return async (name, work) => {
    const line = lines.get(name) ?? { inTurn: queue(), waiting: 0 }
    lines.set(name, line)
    line.waiting++
    try {
      return await line.inTurn(work)
    } finally {
      line.waiting--
      if (line.waiting === 0) lines.delete(name)
    }
  }
}
