/** A name as it was given. What a reader could not see or tell apart is written as its code point. */
export function quoted(name: string): string {
  const visible = JSON.stringify(name).replace(/[^\p{L}\p{N}\p{P}\p{S} ]|[^\P{L}\0-\u024f]/gu, (character) => {
    const unit = character.codePointAt(0) ?? 0
    return `\\u{${unit.toString(16)}}`
  })
  const characters = [...name].length
  return characters <= 40 ? visible : `${[...visible].slice(0, 20).join('')}…" (a name of ${characters} characters)`
}
