import type { Keyring, KeyringItem } from '../../harness/contract/platforms/desktop.ts'
import { Refusal } from '../failure.ts'
import { decodeNotice, type Notice, publisherKey } from './notice.ts'

/** Which build of the app this is, and whose notices it heeds. */
export interface Build {
  /** Counted up with each build. */
  readonly build: number
  /** The publisher's Ed25519 public key, 32 bytes, compiled into the app. */
  readonly publisher: Uint8Array
}

/**
 * The newest notice that this machine has seen. It is kept in the keyring as it was signed: who removes files of the vault,
 * or puts older ones back, takes no notice away, and who writes to the keyring can make none.
 */
export interface MinimumVersion {
  /**
   * Takes a notice in, wherever it came from. One that is known already changes nothing.
   * @throws Refusal `rejected` where it was not signed for this app; `replayed` where a newer one is known
   */
  accept(bytes: Uint8Array): Promise<Notice>
  /** @throws Refusal `outdated` where a notice says that this build may not open the vault; `corrupt` where it was changed. */
  requireCurrent(): Promise<void>
}

const itemOf = (app: string): KeyringItem => ({ service: `${app}/vault`, account: 'notice' })

export function minimumVersion(keyring: Keyring, app: string, { build, publisher }: Build): MinimumVersion {
  const item = itemOf(app)
  const key = publisherKey(publisher)
  const known = async (): Promise<Notice | null> => {
    const bytes = await keyring.get(item)
    if (bytes === null) return null
    try {
      return decodeNotice(bytes, key, app)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      throw new Refusal('corrupt', { reason: 'the notice in the keyring is damaged' })
    }
  }
  return {
    async accept(bytes) {
      const notice = decodeNotice(bytes, key, app)
      const before = await known()
      if (before !== null && before.serial > notice.serial)
        throw new Refusal('replayed', { reason: `notice ${before.serial} is known, this is ${notice.serial}` })
      if (before === null || before.serial < notice.serial) await keyring.set(item, Uint8Array.from(bytes))
      return notice
    },
    async requireCurrent() {
      const notice = await known()
      if (notice !== null && build < notice.minimum)
        throw new Refusal('outdated', {
          reason: `build ${build} may not open this vault, ${notice.minimum} or newer may: ${notice.message}`.slice(
            0,
            200,
          ),
        })
    },
  }
}
