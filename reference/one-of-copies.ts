import {
  type Keyring,
  type KeyringCopy,
  KeyringError,
  type KeyringItem,
} from '../harness/contract/platforms/desktop.ts'

const olderFirst = (a: KeyringCopy, b: KeyringCopy): number => a.changedAt - b.changedAt

/**
 * A keyring in which an item is one, also where another program or a sync made copies of it: the one that was changed
 * last counts, and with it all go. Costs nothing where there is one.
 */
export function oneOfCopies(keyring: Keyring): Keyring {
  const copiesOf = async (item: KeyringItem): Promise<readonly KeyringItem[]> => {
    const copies = [...((await keyring.copies?.(item)) ?? [])].sort(olderFirst)
    return copies.map(({ id }) => ({ ...item, copy: id }))
  }
  /** Does it with the item; where there are several, with the one changed last. */
  const withOne = async <T>(item: KeyringItem, work: (item: KeyringItem) => Promise<T>): Promise<T> => {
    try {
      return await work(item)
    } catch (error) {
      if (!isAmbiguous(error)) throw error
      const newest = (await copiesOf(item)).at(-1)
      return work(newest ?? item)
    }
  }
  return {
    set: (item, secret) => withOne(item, (one) => keyring.set(one, secret)),
    get: (item) => withOne(item, (one) => keyring.get(one)),
    async delete(item) {
      try {
        return await keyring.delete(item)
      } catch (error) {
        if (!isAmbiguous(error)) throw error
        let there = false
        // The newest last: who is killed in between has brought no older one to light.
        for (const one of await copiesOf(item)) there = (await keyring.delete(one)) || there
        return there
      }
    },
    find: (service, collection) => keyring.find(service, collection),
    state: () => keyring.state(),
  }
}

const isAmbiguous = (error: unknown): boolean => error instanceof KeyringError && error.kind === 'ambiguous'
