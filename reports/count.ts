export { count, number } from '../harness/contract/count.ts'

/** `1st`, `2nd`, `3rd`, `4th`, `11th`. */
export function ordinal(value: number): string {
  const teen = value % 100 > 10 && value % 100 < 14
  const end = teen ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th')
  return `${value}${end}`
}

/** A time in the largest unit that keeps it short: `250 ms`, `1.5 s`, `2 min 5 s`, `3 d`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${Math.round(ms / 100) / 10} s`
  const parts: readonly (readonly [number, string])[] = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1000, 's'],
  ]
  const said: string[] = []
  let rest = Math.round(ms / 1000) * 1000
  for (const [size, unit] of parts) {
    if (rest < size) continue
    if (said.length < 2) said.push(`${Math.floor(rest / size)} ${unit}`)
    rest %= size
  }
  return said.join(' ')
}
