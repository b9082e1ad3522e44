import type { Description } from '../../harness/contract/description.ts'
import { tellEvent } from '../../harness/contract/events.ts'
import type { Returned, VaultCall } from '../../harness/contract/operations.ts'
import type { Vault, VaultContext } from '../../harness/contract/vault.ts'
import { failureOf, Refusal } from '../failure.ts'
import { type AuditLog, auditLog, refusalOf } from './audit-log.ts'
import { filePrefix } from './log-files.ts'

/** What the audit log says of itself. */
export const auditDescription: Description = {
  name: 'holdfast-reference-audit',
  version: '1',
  profiles: ['audit'],
  operations: ['append', 'entries', 'verify', 'checkpoint'],
  values: 'bytes',
  limits: {},
  durability: 'durable',
  keyring: 'every-call',
  processes: 'several',
  audit: { files: filePrefix },
  restore: 'namespace',
  derived: [],
  mapping: [],
}

async function perform(log: AuditLog, call: VaultCall): Promise<Returned> {
  switch (call.op) {
    case 'append':
      await log.append([{ ...call.event }])
      return null
    case 'entries':
      return (await log.entries()).map(({ event: { action = '', subject = '' } }) => tellEvent({ action, subject }))
    case 'verify': {
      const verdict = await log.verify(call.witnessed)
      if (verdict.is === 'broken') throw refusalOf(verdict)
      return null
    }
    case 'checkpoint':
      return log.checkpoint()
    default:
      throw new Refusal('unsupported')
  }
}

/** The audit log as the harness asks it. */
export function auditVault({ namespace, ports }: VaultContext): Vault {
  const log = auditLog({ origin: `${namespace}/audit`, ports })
  return {
    description: auditDescription,
    async invoke(call) {
      try {
        return { is: 'ok', value: await perform(log, call) }
      } catch (error) {
        return { is: 'fail', failure: failureOf(error) }
      }
    },
  }
}
