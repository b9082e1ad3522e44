import { type KeyringCopy, KeyringError, type KeyringItem } from '../../harness/contract/platforms/desktop.ts'

/** The items of one collection. Several may have the same attributes, as the Secret Service allows. */
export interface Items {
  /** @throws KeyringError `ambiguous` where several are meant; so do `get` and `delete` */
  set(item: KeyringItem, secret: Uint8Array): void
  get(item: KeyringItem): Uint8Array | null
  delete(item: KeyringItem): boolean
  copies(item: KeyringItem): readonly KeyringCopy[]
  accounts(service: string): readonly string[]
  /** Another program adds a copy of each item whose service begins with the prefix. How many there are now. */
  duplicate(prefix: string, age: 'older' | 'newer'): number
  count(prefix: string): number
  /** What stands in the clear beside the secrets of such items: service, account and label, a line for each. */
  attributes(prefix: string): string
  remove(prefix: string): void
  /** All items as they are now; the function puts them back. */
  keep(): () => void
  clear(): void
}

interface Item {
  readonly id: string
  secret: Uint8Array
  /** What it held before its last change. */
  before: Uint8Array
  changedAt: number
  label: string
}

// Made once: taking a stack trace costs more than the whole of a program's command.
const ambiguous = new KeyringError('ambiguous', 'several items have these attributes')

/** Makes an empty collection. */
export const createItems = (): Items => {
  const services = new Map<string, Map<string, Item[]>>()
  let made = 0
  /** Counts changes in twos, so that a copy may be dated between two of them. */
  let changes = 0

  const found = ({ service, account }: KeyringItem): Item[] => services.get(service)?.get(account) ?? []
  const meant = (item: KeyringItem): Item | undefined => {
    const all = found(item)
    if (item.copy !== undefined) return all.find(({ id }) => id === item.copy)
    if (all.length > 1) throw ambiguous
    return all[0]
  }
  const newItem = (secret: Uint8Array, label: string): Item => ({
    id: String(++made),
    secret,
    before: secret,
    changedAt: changes,
    label,
  })
  const add = ({ service, account }: KeyringItem, one: Item) => {
    const accounts = services.get(service)
    if (accounts === undefined) {
      services.set(service, new Map([[account, [one]]]))
      return
    }
    const all = accounts.get(account)
    if (all === undefined) accounts.set(account, [one])
    else all.push(one)
  }
  const under = (prefix: string) => [...services.keys()].filter((service) => service.startsWith(prefix))
  const accountsUnder = (prefix: string) => under(prefix).flatMap((service) => [...(services.get(service) ?? [])])
  const count = (prefix: string) => accountsUnder(prefix).reduce((sum, [, all]) => sum + all.length, 0)

  return {
    set(item, secret) {
      const one = meant(item)
      changes += 2
      if (one === undefined) {
        add(item, newItem(secret, item.label ?? ''))
        return
      }
      one.before = one.secret
      one.secret = secret
      one.changedAt = changes
      one.label = item.label ?? ''
    },
    get: (item) => meant(item)?.secret ?? null,
    delete(item) {
      const one = meant(item)
      if (one === undefined) return false
      const left = found(item).filter((other) => other !== one)
      const accounts = services.get(item.service)
      if (left.length > 0) accounts?.set(item.account, left)
      else accounts?.delete(item.account)
      return true
    },
    copies: (item) => found(item).map(({ id, changedAt }) => ({ id, changedAt })),
    accounts: (service) => [...(services.get(service)?.keys() ?? [])],
    duplicate(prefix, age) {
      changes += 2
      for (const [, all] of accountsUnder(prefix)) {
        const newest = all.reduce((one, other) => (other.changedAt > one.changedAt ? other : one))
        const oldest = Math.min(...all.map(({ changedAt }) => changedAt))
        const copy =
          age === 'newer'
            ? newItem(newest.secret, newest.label)
            : { ...newItem(newest.before, newest.label), changedAt: oldest - 1 }
        // First or last: in which order a keyring finds its items is its own affair.
        if ((changes / 2) % 2 === 1) all.unshift(copy)
        else all.push(copy)
      }
      return count(prefix)
    },
    count,
    attributes(prefix) {
      let text = ''
      for (const service of under(prefix))
        for (const [account, all] of services.get(service) ?? [])
          for (const { label } of all) text += `${service}\n${account}\n${label}\n`
      return text
    },
    remove(prefix) {
      for (const service of under(prefix)) services.delete(service)
    },
    keep() {
      const kept = [...services].map(
        ([service, accounts]) =>
          [service, [...accounts].map(([account, all]) => [account, all.map((one) => ({ ...one }))] as const)] as const,
      )
      return () => {
        services.clear()
        for (const [service, accounts] of kept)
          services.set(service, new Map(accounts.map(([account, all]) => [account, all.map((one) => ({ ...one }))])))
      }
    },
    clear() {
      if (services.size > 0) services.clear()
      made = 0
      changes = 0
    },
  }
}
