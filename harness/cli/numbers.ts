import { UsageError } from './usage-error.ts'

/** A whole number from a flag. @throws UsageError */
export function wholeNumber(flag: string, text: string, least: number, most: number): number {
  const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new UsageError(`${flag} needs a whole number from ${least} to ${most}, and "${text}" is none.`)
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 }

/** A time from a flag, in milliseconds. @throws UsageError */
export function milliseconds(flag: string, text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|min|h)$/.exec(text) ?? []
  const value = Number(digits) * (units[unit ?? ''] ?? Number.NaN)
  if (value > 0) return value
  throw new UsageError(`${flag} needs a time such as 30s, 5m or 1h, and "${text}" is none.`)
}
