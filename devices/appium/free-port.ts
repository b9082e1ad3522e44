import { createServer } from 'node:net'

/** A port of the loopback that nobody listened on just now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

/** Two such ports one after the other, the first of them even, as those of emulators are. */
export const freePair = async (): Promise<number> => {
  // Linux gives ports of one parity alone: the pair is made around what it gives.
  const port = await freePort()
  return port % 2 === 0 ? port : port - 1
}
