import type { Log } from '../../harness/contract/platforms/desktop.ts'
import { nodePorts } from '../ports/node-ports.ts'
import { type AuditLog, auditLog } from './audit-log.ts'

export interface DesktopAuditLogOptions {
  /** Under this the log is in the keyring and in checkpoints, without blanks: `com.example.bank`. No two logs may share it. */
  readonly app: string
  /** A folder for the log alone. Made at the first append. */
  readonly directory: string
  /** Gets lines without secrets, on left-overs that could not be removed. Default: nobody. */
  readonly log?: Log
}

/** An app's audit log on this desktop. Several processes may have it open. Every method fails with a `Refusal`. */
export const openDesktopAuditLog = ({ app, directory, log = silent }: DesktopAuditLogOptions): AuditLog =>
  auditLog({ origin: `${app}/audit`, ports: nodePorts(directory, log) })

const silent: Log = { write() {} }
