/** Values put from anywhere, taken in order by one reader. */
export interface Queue<T> extends AsyncIterable<T> {
  put(value: T): void
  end(): void
  fail(error: unknown): void
}

export function queue<T>(): Queue<T> {
  const values: T[] = []
  let ended = false
  let failure: { readonly error: unknown } | null = null
  let wake: () => void = () => {}
  const stir = () => {
    wake()
    wake = () => {}
  }
  return {
    put(value) {
      values.push(value)
      stir()
    },
    end() {
      ended = true
      stir()
    },
    fail(error) {
      failure = { error }
      stir()
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        for (let value = values.shift(); value !== undefined; value = values.shift()) yield value
        if (failure !== null) throw failure.error
        if (ended) return
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}
