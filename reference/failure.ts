import type { Code, Failure } from '../harness/contract/codes.ts'
import { FilesError, KeyringError } from '../harness/contract/platforms/desktop.ts'

/** Thrown inside the vault to refuse a call with a code of the contract. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly failure: Failure
  constructor(code: Code, more: Omit<Failure, 'code'> = {}) {
    super(more.reason === undefined ? code : `${code}: ${more.reason}`)
    this.failure = { code, ...more }
  }
}

const keyringCodes = {
  locked: 'store-locked',
  absent: 'unavailable',
  ambiguous: 'ambiguous',
  'too-large': 'too-large',
  denied: 'access-denied',
  failed: 'internal',
} as const satisfies Record<KeyringError['kind'], Code>

const filesCodes = {
  'no-space': 'no-space',
  denied: 'access-denied',
  failed: 'internal',
} as const satisfies Record<FilesError['kind'], Code>

/** The one place where an error of a port becomes a code. By type and kind; what an error says in words is not read. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Refusal) return error.failure
  if (error instanceof KeyringError) return { code: keyringCodes[error.kind], reason: `keyring ${error.kind}` }
  if (error instanceof FilesError) return { code: filesCodes[error.kind], reason: `files ${error.kind}` }
  return { code: 'internal', reason: error instanceof Error ? error.name : typeof error }
}
