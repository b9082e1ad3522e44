import type { StreamRecord } from '../contract/stream.ts'
import { findLeaks, type UsedSecrets } from './leaks.ts'

/** Numbers and names of ours alone. */
const plain: ReadonlySet<StreamRecord['type']> = new Set(['progress', 'target', 'run', 'end'])

/**
 * The record as it is; or, where it holds a secret in whatever form, one that says so in its place. Reports are made of
 * records alone, so that what is said of a run holds no secret either.
 * @param text whether `given` holds texts, or bytes as Latin-1
 */
export function withoutSecrets(record: StreamRecord, target: string, given: UsedSecrets, text: boolean): StreamRecord {
  if (plain.has(record.type)) return record
  const [leak] = findLeaks(Buffer.from(JSON.stringify(record)), given, text)
  if (leak === undefined) return record
  const secret = `${leak.secret === 'pin' ? 'PIN' : 'secret'} #${leak.canary}`
  const sentence = `What was to be said here held ${secret} (${leak.encoding}) and was left out.`
  switch (record.type) {
    case 'smoke':
    case 'target-error':
      return { ...record, sentence }
    case 'scenario':
      return { ...record, cut: sentence }
    case 'verdict':
      return { ...record, verdict: { is: 'harness-error', why: sentence } }
    default:
      return { type: 'target-error', target, blame: 'harness', cause: null, sentence: `${record.type}: ${sentence}` }
  }
}
