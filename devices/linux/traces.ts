import { z } from 'zod'
import type { Trace } from '../../harness/contract/device.ts'
import type { AgentLink } from './agent-link.ts'

const traceSchema = z.array(
  z.strictObject({ where: z.string(), size: z.number().optional(), bytes: z.base64().optional() }),
)
/** Places that are no files. */
const places: Readonly<Record<string, Trace['in']>> = {
  'command lines': 'process',
  'keyring labels and attributes': 'keyring',
}
const pieceSchema = z.strictObject({ bytes: z.base64() })
/** A secret that lies across two pieces is still found: each piece begins with the end of the one before. */
const overlap = 64 * 1024

/**
 * What a vault may have left beside its outputs: files in the places it can write to, the labels and attributes of its
 * keyring items, and the command lines of what still runs.
 */
export async function* readTraces(agent: AgentLink, namespace: string): AsyncGenerator<Trace> {
  for (const { where, size = 0, bytes } of await agent.ask({ do: 'traces', namespace }, traceSchema)) {
    if (bytes !== undefined) {
      yield { in: places[where] ?? 'file', where, bytes: Buffer.from(bytes, 'base64') }
      continue
    }
    for (let offset = 0; offset < size; ) {
      const piece = Buffer.from((await agent.ask({ do: 'file', path: where, offset }, pieceSchema)).bytes, 'base64')
      if (piece.length === 0) break
      yield { in: 'file', where, bytes: piece }
      offset += offset + piece.length < size ? Math.max(1, piece.length - overlap) : piece.length
    }
  }
}
