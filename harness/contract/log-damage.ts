import type { Control } from './controls.ts'

/** How the lines of a log can be changed behind the vault's back. */
export type LogDamage = Omit<Extract<Control, { control: 'damage-log' }>, 'control'>

const lineEnd = 10

/** The lines of a file, each with its end; a last one without an end is a line too. */
function linesOf(bytes: Uint8Array): readonly Buffer[] {
  const all = Buffer.from(bytes)
  const lines: Buffer[] = []
  for (let start = 0; start < all.length; ) {
    const end = all.indexOf(lineEnd, start)
    const next = end < 0 ? all.length : end + 1
    lines.push(all.subarray(start, next))
    start = next
  }
  return lines
}

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57
const isLetter = (byte: number): boolean => (byte | 32) >= 97 && (byte | 32) <= 122

/** One letter of the last text of the line, or one of its digits, becomes another: as somebody would change an amount. */
function edited(line: Buffer): Buffer {
  const places = [...line.keys()].filter((at) => isLetter(line[at] ?? 0) || isDigit(line[at] ?? 0))
  const words = ['account', 'to b']
  // What the harness wrote itself is found again; elsewhere any place will do.
  const known = words.map((word) => line.lastIndexOf(Buffer.from(word))).find((at) => at >= 0)
  const at = known ?? places.at(-1)
  if (at === undefined) return line
  const copy = Buffer.from(line)
  const was = copy[at] ?? 0
  copy[at] = isDigit(was) ? 48 + ((was - 48 + 1) % 10) : was === 122 || was === 90 ? was - 1 : was + 1
  return copy
}

/**
 * Changes lines of the file that has most of them, among those of the log. False where it has too few for that.
 * @param files name to content; changed in place
 * @param prefix what the names of the log's files begin with
 */
export function damageLog(files: Map<string, Uint8Array>, prefix: string, { how, at }: LogDamage): boolean {
  const names = [...files.keys()].filter((name) => name.startsWith(prefix)).toSorted()
  if (how === 'remove') {
    for (const name of names) files.delete(name)
    return names.length > 0
  }
  const all = names.map((name) => ({ name, lines: linesOf(files.get(name) ?? new Uint8Array()) }))
  const most = all.toSorted((one, other) => other.lines.length - one.lines.length)[0]
  // Out of the middle only one of three can be taken.
  if (most === undefined || most.lines.length < (how === 'take-out' ? 3 : 2)) return false
  const { name, lines } = most
  const line = at % lines.length
  const inner = at % (lines.length - 1)
  const there = lines[line] ?? Buffer.of()
  const changed = (): readonly Buffer[] => {
    switch (how) {
      case 'edit':
        return lines.with(line, edited(there))
      case 'insert':
        return lines.toSpliced(line, 0, there)
      case 'move':
        return lines.with(inner, lines[inner + 1] ?? there).with(inner + 1, lines[inner] ?? there)
      case 'take-out':
        return lines.toSpliced(1 + (at % (lines.length - 2)), 1)
      case 'cut-start':
        return lines.slice(1 + inner)
      case 'cut-end':
        return lines.slice(0, 1 + inner)
    }
  }
  files.set(name, Buffer.concat(changed()))
  return true
}
