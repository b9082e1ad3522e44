import type { Cipher, JavaThrowable, SecretKey, Transformation } from '../../../harness/contract/platforms/android.ts'
import { ivBytes } from './ciphertexts.ts'
import { canUserAuthorizationSucceed } from './key-sids.ts'
import { isRefusal, type Keystore, type Operation } from './keystore.ts'
import type { KeystoreThrown } from './keystore-throwing.ts'
import type { MisuseRecord } from './misuse.ts'
import type { Phone } from './phone.ts'
import type { Thrown } from './throwing.ts'

export interface CipherParts {
  readonly phone: Phone
  readonly keystore: Keystore
  readonly thrown: Thrown
  readonly refused: KeystoreThrown
  readonly misuse: MisuseRecord
  readonly pass: <T>(effect: () => T) => Promise<T>
}

const none = new Uint8Array(0)
const operations = new WeakMap<Cipher, () => Operation | null>()

/** The operation that a cipher has begun: what a prompt is bound to by its CryptoObject. */
export const operationOf = (cipher: Cipher): Operation | null => operations.get(cipher)?.() ?? null

/** `Cipher.getInstance` for keys of the provider `AndroidKeyStore`. */
export const createCipher = (transformation: Transformation, parts: CipherParts): Cipher => {
  const { phone, keystore, thrown, refused, misuse, pass } = parts
  let operation: Operation | null = null
  let given: { readonly mode: 'encrypt' | 'decrypt'; readonly iv: Uint8Array; readonly key: Operation['key'] } | null =
    null
  let aad: Uint8Array = none

  const broken = (call: string, rule: string, error: JavaThrowable): JavaThrowable => {
    misuse.note(call, rule)
    return error
  }
  /** What the mode and the key do not allow, whoever authenticates. */
  const wrongUse = (mode: 'encrypt' | 'decrypt', half: SecretKey['half'], iv: Uint8Array | undefined) => {
    const size = ivBytes[transformation]
    const call = 'Cipher.init'
    if (half !== undefined && (half === 'public') !== (mode === 'encrypt'))
      return broken(call, 'the wrong half of a pair of keys', refused.atInit(-3))
    if (size === 0) return null
    if (mode === 'encrypt')
      return iv === undefined
        ? null
        : broken(call, 'a nonce of its own', thrown('InvalidAlgorithmParameter', 'caller-iv'))
    if (iv === undefined)
      return broken(call, 'no nonce to decrypt with', thrown('InvalidAlgorithmParameter', 'iv-required'))
    // A nonce that was read from somewhere may be damaged: that is no fault of the app.
    return iv.length === size ? null : thrown('InvalidAlgorithmParameter', 'iv-size')
  }

  const cipher: Cipher = {
    init: (mode, { alias, half }, iv) =>
      pass(() => {
        if (operation !== null) keystore.abort(operation)
        operation = null
        given = null
        aad = none
        const wrong = wrongUse(mode, half, iv)
        if (wrong !== null) throw wrong
        const key = keystore.keys.get(alias)
        if (key === undefined) throw refused.atInit(7)
        if (key.transformation !== transformation)
          throw broken('Cipher.init', `a key made for ${key.transformation}`, refused.atInit(-3))
        const begun = keystore.begin(key, mode, iv === undefined ? null : new Uint8Array(iv))
        if (isRefusal(begun)) throw refused.atInit(begun)
        const { authorization } = key
        const tested = begun.challenge !== null && phone.rules.fault !== 'late-invalidation'
        if (tested && authorization !== null && !canUserAuthorizationSucceed(authorization, phone)) {
          keystore.abort(begun)
          throw refused.atInit(17)
        }
        operation = begun
        given = { mode, iv: begun.iv, key }
      }),
    get iv() {
      return given === null ? none : new Uint8Array(given.iv)
    },
    updateAAD(bytes) {
      if (operation === null)
        throw broken('Cipher.updateAAD', 'not initialized', thrown('IllegalState', 'not-initialized'))
      aad = aad.length === 0 ? new Uint8Array(bytes) : Buffer.concat([aad, bytes])
    },
    doFinal(bytes) {
      const input = new Uint8Array(bytes)
      return pass(() => {
        if (given === null) throw broken('Cipher.doFinal', 'not initialized', thrown('IllegalState', 'not-initialized'))
        if (operation === null && given.mode === 'encrypt' && ivBytes[transformation] > 0)
          throw broken('Cipher.doFinal', 'a nonce used twice', thrown('IllegalState', 'iv-used'))
        // Decrypting begins anew by itself; a person who is asked for each use was not asked for this one.
        const mine = operation ?? keystore.begin(given.key, given.mode, given.iv)
        operation = null
        const used = aad
        aad = none
        if (isRefusal(mine)) throw refused.atDoFinal(mine)
        const result = keystore.finish(mine, used, input)
        if (isRefusal(result)) throw refused.atDoFinal(result)
        return new Uint8Array(result)
      })
    },
  }
  operations.set(cipher, () => operation)
  return cipher
}
