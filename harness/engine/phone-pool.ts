/** A phone of a pool, by its name in the configuration. */
export interface PooledPhone {
  readonly name: string
}

/** What became of a phone while somebody had it. */
export type Came = 'worked' | 'failed'

/** Phones that targets take from in turn. */
export interface PhonePool<P extends PooledPhone> {
  /** Waits for one that is free and in order. Null where none of those that are left comes back. */
  take(besides: ReadonlySet<string>): Promise<P | null>
  /** At most so many that are free just now: nobody is waited for. */
  takeFree(most: number): readonly P[]
  give(phone: P, came: Came): void
  /** Names of those that are set aside. */
  aside(): readonly string[]
}

/** Failures in a row after which a phone is set aside until a probe finds it in order. */
export const failuresUntilAside = 2

/**
 * Makes a pool. The phone that waited longest is taken first, so that one that fails fast does not swallow the queue.
 * @param probe whether a phone that was set aside is in order again; asked only where somebody waits and no other is free
 */
export const createPhonePool = <P extends PooledPhone>(
  phones: readonly P[],
  probe: (phone: P) => Promise<boolean>,
): PhonePool<P> => {
  let free = [...phones]
  let aside: P[] = []
  const taken = new Set<string>()
  const failures = new Map<string, number>()
  let waiting: (() => void)[] = []
  /** How often a phone was given back. */
  let given = 0
  const wake = () => {
    const all = waiting
    waiting = []
    for (const go of all) go()
  }
  const broughtBack = async (besides: ReadonlySet<string>): Promise<P | null> => {
    for (const phone of aside.filter(({ name }) => !besides.has(name))) {
      aside = aside.filter((one) => one !== phone)
      taken.add(phone.name)
      if (await probe(phone)) {
        // It is in order, and one more failure sets it aside again.
        failures.set(phone.name, failuresUntilAside - 1)
        return phone
      }
      taken.delete(phone.name)
      aside.push(phone)
    }
    return null
  }
  return {
    async take(besides) {
      for (;;) {
        const phone = free.find(({ name }) => !besides.has(name))
        if (phone !== undefined) {
          free = free.filter((one) => one !== phone)
          taken.add(phone.name)
          return phone
        }
        const before = given
        const back = await broughtBack(besides)
        if (back !== null) return back
        // What was given meanwhile woke nobody.
        if (given !== before) continue
        if (![...taken].some((name) => !besides.has(name))) {
          wake()
          return null
        }
        await new Promise<void>((resolve) => waiting.push(resolve))
      }
    },
    takeFree(most) {
      // Who waits already comes first.
      const some = waiting.length > 0 ? [] : free.slice(0, Math.max(0, most))
      free = free.slice(some.length)
      for (const { name } of some) taken.add(name)
      return some
    },
    give(phone, came) {
      given += 1
      taken.delete(phone.name)
      const row = came === 'worked' ? 0 : (failures.get(phone.name) ?? 0) + 1
      failures.set(phone.name, row)
      if (row >= failuresUntilAside) aside.push(phone)
      else free.push(phone)
      wake()
    },
    aside: () => aside.map(({ name }) => name),
  }
}
