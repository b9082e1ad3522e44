import type { Code, Failure } from '../../harness/contract/codes.ts'
import type { NativeError } from '../../harness/contract/mapping.ts'
import { type ErrorRow, failureOfRow, rowOf, unnamed } from './error-row.ts'

/** `code` is the D-Bus error's name. */
export const dbusDomain = 'D-Bus'
/** How a prompt of the service ended, which D-Bus does not call an error: `dismissed`, or `unanswered` in time. */
export const secretPromptDomain = 'org.freedesktop.Secret.Prompt'

const named = (
  domain: string,
  source: string,
  prefix: string,
  rows: readonly (readonly [match: string, ...to: [Code, ...Code[]]])[],
): readonly ErrorRow[] =>
  rows.map(([match, ...to]) => ({ match: `${prefix}${match}`, by: 'code', domain, to, name: match, source }))

export const secretServiceErrors: readonly ErrorRow[] = [
  ...named(dbusDomain, 'Secret Service API 0.2, Errors', 'org.freedesktop.Secret.Error.', [
    ['IsLocked', 'store-locked'],
    // The session ended with the daemon that gave it.
    ['NoSession', 'unavailable'],
    ['NoSuchObject', 'not-found'],
  ]),
  ...named(dbusDomain, 'libsecret, secret_error_get_quark', 'org.freedesktop.Secret.Error.', [
    ['AlreadyExists', 'busy'],
  ]),
  ...named(secretPromptDomain, 'Secret Service API 0.2, Prompt.Completed(dismissed, result)', '', [
    ['dismissed', 'user-cancelled'],
    ['unanswered', 'store-locked'],
  ]),
  ...named(dbusDomain, 'D-Bus specification and dbus-protocol.h, DBUS_ERROR_*', 'org.freedesktop.DBus.Error.', [
    ['ServiceUnknown', 'unavailable'],
    ['NameHasNoOwner', 'unavailable'],
    ['NoServer', 'unavailable'],
    ['Disconnected', 'unavailable'],
    ['NoReply', 'unavailable', 'store-locked'],
    ['Timeout', 'unavailable', 'store-locked'],
    ['TimedOut', 'unavailable', 'store-locked'],
    ['Spawn.ServiceNotFound', 'unavailable'],
    ['Spawn.ExecFailed', 'unavailable'],
    ['Spawn.ChildExited', 'unavailable'],
    ['Spawn.ChildSignaled', 'unavailable'],
    ['AccessDenied', 'access-denied'],
    ['AuthFailed', 'access-denied'],
    ['InteractiveAuthorizationRequired', 'store-locked'],
    ['UnknownObject', 'not-found'],
    ['UnknownInterface', 'unsupported'],
    ['UnknownMethod', 'unsupported'],
    ['NotSupported', 'unsupported'],
    ['InvalidArgs', 'invalid-argument'],
    ['LimitsExceeded', 'too-large'],
    ['NoMemory', 'unavailable'],
  ]),
]

export interface SecretServiceContext {
  /** A prompt of the service was asked for and had not ended. */
  readonly prompting: boolean
}

/** The failure that an error of the Secret Service, or the end of its prompt, stands for. */
export function secretServiceFailure(native: NativeError, { prompting }: SecretServiceContext): Failure {
  const row = rowOf(secretServiceErrors, native)
  if (row === null) return unnamed(native)
  return failureOfRow(row, prompting && row.to.includes('store-locked') ? 'store-locked' : undefined)
}
