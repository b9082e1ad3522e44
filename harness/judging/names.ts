import type { Code } from '../contract/codes.ts'

/** What a careless store may fold a name to: case, normal form, separators, blanks, what follows a zero byte. */
const folded = new Map<string, string>()

export function foldName(name: string): string {
  const known = folded.get(name)
  if (known !== undefined) return known
  const fold =
    name
      .split('\0')[0]
      ?.normalize('NFKC')
      .toLowerCase()
      .replaceAll('ß', 'ss')
      .replaceAll('%2f', '/')
      .replace(/[\s/\\:.|_-]+/gu, '')
      .slice(0, 64) ?? ''
  if (folded.size > 5000) folded.clear()
  folded.set(name, fold)
  return fold
}

/** Two names that must be kept apart and that a careless store would not keep apart. */
export const lookAlike = (a: string, b: string): boolean => a !== b && foldName(a) === foldName(b)

/** Letters and digits: what any store can have in a name, and no name at all, that of a slot. Others may be refused. */
export const isPlain = (name: string): boolean => /^[A-Za-z0-9]*$/.test(name)

/** Codes by which a vault refuses a name or a value that it has no place for. */
export const refusals = ['bad-encoding', 'invalid-argument'] as const satisfies readonly Code[]
