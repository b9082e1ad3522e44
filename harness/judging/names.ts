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
