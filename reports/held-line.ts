import { number } from './count.ts'
import type { RequirementTexts } from './requirement-text.ts'
import type { Judged, TargetTally } from './tally.ts'

/**
 * Says how a target did, a line for each profile: `store: 38 of 41 held, 2 not testable here, 1 failed`. Never a bare
 * "conforms", and never a good word where nothing was judged.
 */
export function heldLines(target: TargetTally, texts: RequirementTexts): readonly string[] {
  const claimed = target.description?.profiles ?? []
  const byProfile = new Map<string, Judged[]>()
  for (const judged of target.judged) {
    if (!judged.scored) continue
    const mine =
      texts(judged.requirement)?.profiles?.filter((profile) => claimed.some((claim) => claim === profile)) ?? []
    for (const profile of mine.length === 0 ? [others] : mine) {
      byProfile.set(profile, [...(byProfile.get(profile) ?? []), judged])
    }
  }
  if (byProfile.size === 0) return [nothingOf(target)]
  const rest = byProfile.get(others)
  // What belongs to no claimed profile and does not apply needs no line beside those that do.
  if (byProfile.size > 1 && rest?.every(({ verdict }) => verdict.is === 'not-applicable')) byProfile.delete(others)
  const name = (profile: string): string =>
    profile !== others ? profile : byProfile.size === 1 ? 'all requirements' : 'other requirements'
  const nothing = nothingOf(target, 'none of its requirements apply, so nothing was judged')
  return [...byProfile].map(([profile, judged]) => `${name(profile)}: ${held(judged, nothing)}`)
}

/** What is said where no requirement that counts was judged: others may have been, which the next line tells. */
export const nothingOf = (target: TargetTally, otherwise = 'nothing was judged'): string =>
  asideLine(target) === null ? otherwise : 'no requirement of the set of this run applies'

/** Where a vault's claims or a requirement's profile are not known. */
const others = ''

function held(judged: readonly Judged[], nothing: string): string {
  const of = (...names: readonly Judged['verdict']['is'][]): number =>
    judged.filter(({ verdict }) => names.includes(verdict.is)).length
  const applicable = judged.length - of('not-applicable')
  if (applicable === 0) return nothing
  const decided = of('pass', 'unexpected-pass', 'fail', 'expected-fail')
  const parts = [
    [of('not-testable'), 'not testable here'],
    [of('fail'), 'failed'],
    [of('expected-fail'), 'failed as the baseline expects'],
    [of('unexpected-pass'), 'held against the baseline'],
    [of('harness-error'), 'not judged, by a fault of the harness'],
    [of('not-applicable'), 'not applicable'],
  ] as const
  const rest = parts.filter(([times]) => times > 0).map(([times, words]) => `, ${number(times)} ${words}`)
  const start = `${number(of('pass', 'unexpected-pass'))} of ${number(applicable)} held`
  return decided === 0 ? `nothing could be judged (${rest.join('').slice(2)})` : start + rest.join('')
}

/** `PST-14 (pass), TXN-08 (fail)`: what applies to a target and is later than the set of the run; null where nothing is. */
export function asideLine({ judged }: TargetTally): string | null {
  const aside = judged.filter(({ scored, verdict }) => !scored && verdict.is !== 'not-applicable')
  return aside.length === 0
    ? null
    : aside.map(({ requirement, verdict }) => `${requirement} (${verdict.is})`).join(', ')
}
