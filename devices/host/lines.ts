import type { Readable } from 'node:stream'

/** Lines that wait for a reader before the stream is paused: what follows then waits in the pipe. */
const mostReady = 1000

/**
 * The lines of a stream, for one reader, who may stop and go on. A line longer than `longest` characters calls `stop`
 * and fails the reading. By hand rather than by the stream's own iterator: that passes three promises for each piece,
 * and a call over a pipe waits for every one of them.
 */
export function linesOf(output: Readable, longest: number, stop: () => void): AsyncIterable<string> {
  // Pieces of a line are joined once, when it ends: a long one would else be searched again with each piece.
  let rest: string[] = []
  let length = 0
  let ready: string[] = []
  let taken = 0
  let ended: { readonly error: Error | null } | null = null
  let wake: (() => void) | null = null

  const tell = () => {
    const waiting = wake
    wake = null
    waiting?.()
  }
  const finish = (error: Error | null) => {
    if (ended !== null) return
    if (error === null && length > 0) ready.push(rest.join(''))
    ended = { error }
    tell()
  }
  const receive = (piece: string) => {
    if (ended !== null) return
    const [first = '', ...more] = piece.split('\n')
    rest.push(first)
    length += first.length
    const last = more.pop()
    if (last !== undefined) {
      ready.push(rest.join(''), ...more)
      rest = [last]
      length = last.length
    }
    if (length > longest) {
      stop()
      finish(new Error(`The vault's process wrote a line of more than ${longest} characters and was ended.`))
    } else if (ready.length - taken > mostReady) output.pause()
    if (taken < ready.length) tell()
  }
  output.setEncoding('utf8')
  output.on('data', receive)
  output.on('end', () => finish(null))
  // Disposing closes the pipe under a reader: for it that is the end.
  output.on('close', () => finish(null))
  output.on('error', finish)

  const take = (): string | undefined => {
    const line = ready[taken]
    if (line === undefined) return undefined
    taken++
    if (taken === ready.length) {
      ready = []
      taken = 0
      if (output.isPaused()) output.resume()
    }
    return line
  }
  const next = async (): Promise<IteratorResult<string>> => {
    for (;;) {
      const value = take()
      if (value !== undefined) return { done: false, value }
      if (ended !== null) {
        const { error } = ended
        // Told once: whoever asks again hears the end.
        ended = { error: null }
        if (error !== null) throw error
        return { done: true, value: undefined }
      }
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  return { [Symbol.asyncIterator]: () => ({ next }) }
}
