import type { AccessPolicy } from '../../../harness/contract/operations.ts'
import {
  type AndroidApp,
  type Cipher,
  JavaThrowable,
  type SecretKey,
} from '../../../harness/contract/platforms/android.ts'
import { getKeyDomain } from '../../errors/android-keystore.ts'
import { Refusal } from '../../failure.ts'
import { asking } from '../asking.ts'
import type { PhoneEntries } from '../phone-vault.ts'
import { availabilityOf, whyNoKey } from './availability.ts'
import {
  type EntryFile,
  type EntryHeader,
  keySize,
  nameHash,
  nonceSize,
  openEntry,
  readEntry,
  sealEntry,
} from './entry-file.ts'
import { credentialApi, keySpecOf } from './key-spec.ts'
import { keystoreStep, refusalOf } from './native.ts'
import { type Guarded, showPrompt } from './show-prompt.ts'

/**
 * Entries on Android: a file each, outside of backups, and a key pair of its own in the key store. An entry has two
 * places for its key, and its file says which one counts: a new value is sealed with a new key in the other place, and
 * the file, replaced at once, is the moment of change. So the old value stays whole until the new one is on disk, and no
 * key that was invalidated is ever used again.
 */
export function androidEntries(namespace: string, app: AndroidApp): PhoneEntries {
  const { keyStore, noBackupFiles: files } = app
  const incarnation = Buffer.from(app.randomBytes(8)).toString('hex')
  const ask = asking<Guarded, Cipher>(showPrompt(app), { after: (ms, ring) => app.postDelayed(ms, ring) }, incarnation)

  const prefix = `${namespace}.`
  const pathOf = (hash: string) => `${prefix}${hash}`
  const aliasOf = (hash: string, slot: EntryHeader['slot']) => `${namespace}/${hash}/${slot}`

  /** Before the first unlock nothing can be read: what seems absent may be there. */
  const requireUnlocked = async () => {
    if (!(await app.isUserUnlocked())) throw new Refusal('device-locked')
  }
  const read = async (hash: string): Promise<EntryFile | null> => {
    const file = await files.read(pathOf(hash))
    return file === null ? null : readEntry(file)
  }
  /** The slot that the file names; where it cannot be read, none is worth keeping. */
  const slotNow = async (hash: string): Promise<EntryHeader['slot'] | null> => {
    try {
      return (await read(hash))?.header.slot ?? null
    } catch (error) {
      if (error instanceof Refusal && error.failure.code === 'corrupt') return null
      throw error
    }
  }
  const removeKey = (alias: string) =>
    keystoreStep(app, { during: 'getKey', ciphertext: false, authenticated: false }, () => keyStore.deleteEntry(alias))
  /** The old key opens nothing any more. Where it cannot be removed now, the next value of this entry takes its place. */
  const forgetKey = async (alias: string) => {
    try {
      await removeKey(alias)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      app.log('holdfast', `an old key stays: ${error.failure.code}`)
    }
  }

  const makeKey = async (alias: string, access: AccessPolicy): Promise<SecretKey> => {
    if (access === 'device-credential' && app.sdkInt < credentialApi)
      throw new Refusal('unsupported', { reason: `the screen lock guards no single use before API ${credentialApi}` })
    return keystoreStep(app, { during: 'generate', ciphertext: false, authenticated: false }, async () => {
      try {
        return await keyStore.generateKey(keySpecOf(alias, access))
      } catch (error) {
        // One class for several reasons, told apart in words only: the phone is asked instead. Old ones do not know
        // whether a finger is enrolled, but with a screen lock nothing else can be missing.
        if (!(error instanceof JavaThrowable) || error.className !== 'java.lang.IllegalStateException') throw error
        const { code, ...more } = (await whyNoKey(app, access)) ?? { code: 'not-enrolled' }
        throw new Refusal(code, more)
      }
    })
  }
  const wrap = (key: SecretKey, secret: Uint8Array): Promise<Uint8Array> =>
    keystoreStep(app, { during: 'init', ciphertext: false, authenticated: false }, async () => {
      const cipher = keyStore.cipher('RSA/ECB/OAEPPadding')
      await cipher.init('encrypt', { ...key, half: 'public' })
      return cipher.doFinal(secret)
    })
  const unwrap = async (alias: string, header: EntryHeader): Promise<Uint8Array> => {
    const early = { ciphertext: true, authenticated: false } as const
    const key = await keystoreStep(app, { ...early, during: 'getKey' }, () => keyStore.getKey(alias))
    if (key === null) {
      const nothing = { domain: getKeyDomain, code: null, type: null, message: '' }
      throw refusalOf(nothing, {
        ...early,
        during: 'getKey',
        apiLevel: app.sdkInt,
        transient: false,
        deviceLocked: false,
      })
    }
    const ready = () =>
      keystoreStep(app, { ...early, during: 'init' }, async () => {
        const cipher = keyStore.cipher('RSA/ECB/OAEPPadding')
        await cipher.init('decrypt', { ...key, half: 'private' })
        return cipher
      })
    const cipher = await ready()
    const { access } = header
    const free = access === 'none' ? cipher : await ask({ cipher, access })
    try {
      return await keystoreStep(app, { ciphertext: true, during: 'doFinal', authenticated: access !== 'none' }, () =>
        free.doFinal(Buffer.from(header.wrapped, 'hex')),
      )
    } catch (error) {
      // Shut although somebody was recognised: an enrolment while the prompt was up shows only when asked once more.
      if (error instanceof Refusal && error.failure.code === 'auth-failed') await ready()
      throw error
    }
  }

  return {
    async put(name, value, access) {
      await requireUnlocked()
      const hash = nameHash(name)
      const old = await slotNow(hash)
      const slot = old === 0 ? 1 : 0
      const key = await makeKey(aliasOf(hash, slot), access)
      const secret = app.randomBytes(keySize)
      try {
        const wrapped = Buffer.from(await wrap(key, secret)).toString('hex')
        const nonce = Buffer.from(app.randomBytes(nonceSize)).toString('hex')
        const header: EntryHeader = { format: 1, name, access, slot, wrapped, nonce }
        await files.write(pathOf(hash), sealEntry(namespace, header, secret, value))
      } finally {
        secret.fill(0)
      }
      if (old !== null) await forgetKey(aliasOf(hash, old))
    },
    async get(name) {
      await requireUnlocked()
      const hash = nameHash(name)
      const entry = await read(hash)
      if (entry === null) throw new Refusal('not-found')
      const secret = await unwrap(aliasOf(hash, entry.header.slot), entry.header)
      try {
        if (entry.header.name !== name) throw new Refusal('corrupt', { reason: "another entry's file" })
        return openEntry(namespace, entry, secret)
      } finally {
        secret.fill(0)
      }
    },
    async delete(name) {
      await requireUnlocked()
      const hash = nameHash(name)
      // The file first: without it there is no entry, whatever a crash leaves. Both keys, since one may be left over.
      await files.delete(pathOf(hash))
      for (const slot of [0, 1] as const) await removeKey(aliasOf(hash, slot))
    },
    async has(name) {
      await requireUnlocked()
      return (await files.list()).includes(pathOf(nameHash(name)))
    },
    async list() {
      await requireUnlocked()
      const names: string[] = []
      for (const path of await files.list()) {
        const file = path.startsWith(prefix) ? await files.read(path) : null
        if (file !== null) names.push(readEntry(file).header.name)
      }
      return names.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    },
    availability: () => availabilityOf(app),
  }
}
