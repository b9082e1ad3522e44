/** Lines that are read one by one, until they end. */
export interface LineQueue extends AsyncIterable<string> {
  push(line: string): void
  end(error?: Error): void
}
export const lineQueue = (): LineQueue => {
  const lines: string[] = []
  let ended: { readonly error: Error | null } | null = null
  let wake: () => void = () => {}
  return {
    push(line) {
      lines.push(line)
      wake()
    },
    end(error) {
      ended ??= { error: error ?? null }
      wake()
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const line = lines.shift()
        if (line !== undefined) yield line
        else if (ended !== null) {
          if (ended.error !== null) throw ended.error
          return
        } else
          await new Promise<void>((resolve) => {
            wake = resolve
          })
      }
    },
  }
}
