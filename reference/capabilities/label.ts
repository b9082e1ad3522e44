/** Characters of a glob that stand for themselves in a regular expression too, once escaped. */
const special = /[.+^${}()|[\]\\]/g

/**
 * Whether a label, or the name of an entry, is one that a glob means: `*` is any characters, `?` is one. All else means itself,
 * upper and lower case apart.
 */
export function matchesGlob(glob: string, text: string): boolean {
  const pattern = glob.replace(special, '\\$&').replaceAll('*', '[^]*').replaceAll('?', '[^]')
  return new RegExp(`^${pattern}$`, 'u').test(text)
}

export const matchesAny = (globs: readonly string[], text: string): boolean =>
  globs.some((glob) => matchesGlob(glob, text))
