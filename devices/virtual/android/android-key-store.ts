import type { AndroidKeyStore, SecretKey } from '../../../harness/contract/platforms/android.ts'
import { type CipherParts, createCipher } from './cipher.ts'
import { whyNot } from './key-sids.ts'
import type { StoredKey } from './keystore.ts'
import type { JavaClass } from './throwing.ts'

const whyNotThrown = {
  'needs-biometric': 'IllegalState',
  'needs-screen-lock': 'IllegalState',
  'newer-api': 'NoSuchMethod',
  'no-strongbox': 'StrongBoxUnavailable',
} as const satisfies Record<string, JavaClass>

const handle = ({ alias, transformation }: StoredKey): SecretKey =>
  transformation === 'RSA/ECB/OAEPPadding' ? { alias, half: 'private' } : { alias }

/** The provider `AndroidKeyStore` in one process of the app. */
export const createAndroidKeyStore = (parts: CipherParts): AndroidKeyStore => {
  const { phone, keystore, thrown, misuse, pass } = parts
  return {
    getKey: (alias) =>
      pass(() => {
        const key = keystore.keys.get(alias)
        if (key === undefined) return null
        // The provider throws KeyPermanentlyInvalidatedException; `engineGetKey` keeps its message and drops the rest.
        if (key.lost && phone.rules.lostLock === 'unrecoverable-key')
          throw thrown('UnrecoverableKey', 'credentials-changed')
        return handle(key)
      }),
    containsAlias: (alias) => pass(() => keystore.keys.has(alias)),
    aliases: () => pass(() => [...keystore.keys.keys()]),
    deleteEntry: (alias) => pass(() => keystore.delete(alias)),
    generateKey: (spec) =>
      pass(() => {
        const why = whyNot(spec, phone)
        if (why === null) return handle(keystore.generate(spec))
        if (why === 'newer-api') misuse.note('KeyGenParameterSpec.Builder', 'a method of a newer API level')
        throw thrown(whyNotThrown[why], why)
      }),
    cipher: (transformation) => createCipher(transformation, parts),
  }
}
