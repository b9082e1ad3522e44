import { takePiece } from './arena.ts'

/** A secret in locked memory, never in a string. Disposing zeroes it, and it cannot be read afterwards. */
export interface SecretBytes extends Disposable {
  /** A view, not a copy: never kept beyond the secret. @throws Error after disposal. */
  readonly bytes: Buffer
}

/** Zeroed room for a secret. */
export function secretRoom(size: number): SecretBytes {
  let piece: ReturnType<typeof takePiece> | null = takePiece(size)
  return {
    get bytes() {
      if (piece === null) throw new Error('a secret was used after it was disposed of (a fault of the vault)')
      return piece.bytes
    },
    [Symbol.dispose]() {
      piece?.release()
      piece = null
    },
  }
}

/** A copy in locked memory. */
export function copySecret(bytes: Uint8Array): SecretBytes {
  const secret = secretRoom(bytes.length)
  secret.bytes.set(bytes)
  return secret
}

/** Moves a secret into locked memory and zeroes where it came from. */
export function takeSecret(bytes: Uint8Array): SecretBytes {
  const secret = copySecret(bytes)
  bytes.fill(0)
  return secret
}

/** Several secrets after one another, as one. */
export function joinSecrets(...parts: readonly Uint8Array[]): SecretBytes {
  const secret = secretRoom(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    secret.bytes.set(part, at)
    at += part.length
  }
  return secret
}
