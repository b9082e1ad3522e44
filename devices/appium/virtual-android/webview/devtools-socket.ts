/** One connection to a tab of Chromium, for what is asked of it directly. */
export interface DevtoolsSocket {
  /** @throws Error where Chromium refuses, or the tab is gone */
  ask(method: string, parameters?: object): Promise<Readonly<Record<string, unknown>>>
  close(): void
}

interface Answer {
  readonly id: number
  readonly result?: Readonly<Record<string, unknown>>
  readonly error?: { readonly message: string }
}

export const openDevtools = async (port: number, tab: string): Promise<DevtoolsSocket> => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/devtools/page/${tab}`)
  const waiting = new Map<
    number,
    { resolve(answer: Readonly<Record<string, unknown>>): void; reject(error: Error): void }
  >()
  let ids = 0
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve())
    socket.addEventListener('error', () => reject(new Error('the tab is gone')))
  })
  socket.addEventListener('message', ({ data }) => {
    const { id, result, error } = JSON.parse(String(data)) as Answer
    const one = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) one?.resolve(result ?? {})
    else one?.reject(new Error(error.message))
  })
  socket.addEventListener('close', () => {
    for (const one of waiting.values()) one.reject(new Error('the tab is gone'))
    waiting.clear()
  })
  return {
    ask: (method, parameters = {}) =>
      new Promise((resolve, reject) => {
        const id = ids++
        waiting.set(id, { resolve, reject })
        socket.send(JSON.stringify({ id, method, params: parameters }))
      }),
    close: () => socket.close(),
  }
}
