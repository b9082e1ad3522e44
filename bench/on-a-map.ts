import type { Command } from '../harness/contract/program.ts'
import type { Secret } from '../harness/contract/values.ts'
import { secretOf } from '../harness/engine/canary.ts'

/** Does one command to a Map, and nothing else: no history, no promise, no check. Controls mean nothing to it. */
export function onAMap(entries: Map<string, Secret>, command: Command): unknown {
  if (command.do === 'control') return null
  const { op } = command
  switch (op.op) {
    case 'put':
      return entries.set(op.name ?? '', secretOf(op.value, 'bytes'))
    case 'get':
      return entries.get(op.name ?? '')
    case 'delete':
      return entries.delete(op.name ?? '')
    case 'has':
      return entries.has(op.name ?? '')
    case 'list':
      return [...entries.keys()]
    default:
      return null
  }
}
