/** What was probably meant, or null where nothing is near. */
export async function nearest(word: string, known: readonly string[]): Promise<string | null> {
  const { closestMatch } = await import('leven')
  const lower = word.toLowerCase()
  const begun = known.filter((name) => lower.length >= 3 && name.toLowerCase().startsWith(lower))
  if (begun.length === 1) return begun[0] ?? null
  const byLower = new Map(known.map((name) => [name.toLowerCase(), name]))
  const maxDistance = Math.max(word.length > 2 ? 2 : 1, Math.floor(word.length / 2.5))
  return byLower.get(closestMatch(lower, [...byLower.keys()], { maxDistance }) ?? '') ?? null
}

/** `did you mean "run"?`, or what to do where nothing is near. */
export async function suggestion(word: string, known: readonly string[], otherwise: string): Promise<string> {
  const near = await nearest(word, known)
  return near === null ? otherwise : `did you mean ${near}?`
}
