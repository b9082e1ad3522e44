import type { Readable, Writable } from 'node:stream'

/** How much of what was shown is kept, in characters. */
const kept = 4000

/** The machine's serial console, and somebody in front of it. */
export interface Console {
  /** The last of what it showed. */
  shown(): string
  /** Something of ours that belongs to what it showed. */
  note(text: string): void
  /** Types a line. */
  type(line: string): void
  /** Resolves when it has shown this, in what came since the last line was typed. */
  shows(what: RegExp): Promise<void>
}

/** The console that is these streams of a process. */
export const openConsole = (keyboard: Writable, screens: readonly Readable[]): Console => {
  let screen = ''
  let since = ''
  let look = () => {}
  const show = (text: string) => {
    screen = (screen + text).slice(-kept)
    since = (since + text).slice(-kept)
    look()
  }
  keyboard.on('error', () => {})
  for (const one of screens) {
    one.on('error', () => {})
    one.on('data', (piece: Buffer) => show(piece.toString('utf8')))
  }
  return {
    shown: () => screen,
    note: show,
    type: (line) => {
      since = ''
      keyboard.write(`${line}\n`)
    },
    shows: (what) =>
      new Promise((resolve) => {
        look = () => {
          if (what.test(since)) resolve()
        }
        look()
      }),
  }
}
