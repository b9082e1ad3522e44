import type { CallFact, Derived, Occurrence } from '../../judging/call-fact.ts'
import type { Breach, Requirement } from '../requirement.ts'

/** The most memory that an app may ask of the phone it runs on, in KiB, and the most memory times passes. */
const ceiling = { memoryKiB: 1_048_576, work: 4_194_304 } as const

const beyond = ({ memoryKiB, iterations }: Derived): boolean =>
  memoryKiB > ceiling.memoryKiB || memoryKiB * iterations > ceiling.work

const counted = (call: CallFact): number => call.derivations?.length ?? 0

function breach({ situation, call, seen }: Occurrence): Breach | null {
  if (seen?.probe === 'kdf')
    return beyond(seen)
      ? {
          kind: 'beyond-ceiling',
          expected: `at most ${ceiling.memoryKiB} KiB, and ${ceiling.work} KiB times passes`,
          seen: `${seen.memoryKiB} KiB and ${seen.iterations} passes`,
        }
      : null
  if (call === null) return null
  const allowed = situation === 'opening-derived' ? 1 : 0
  return counted(call) > allowed
    ? {
        kind: `${call.op.op}-derives`,
        expected: allowed === 1 ? 'one derivation at most' : 'no derivation',
        seen: `${counted(call)} of them`,
      }
    : null
}

export const requirement: Requirement = {
  id: 'KDF-03',
  family: 'KDF',
  level: 'MUST',
  profiles: ['pin'],
  clause:
    'To open the vault costs one derivation, within 1 GiB and 4 GiB times passes, with a wrong PIN as with a right one; what needs no PIN costs none.',
  threat: 'COST',
  cwe: ['CWE-770', 'CWE-1176'],
  why: 'The app stands still for a minute at each unlock, or at each look at an entry, until somebody takes the protection out.',
  advice: 'Derive once, keep the key while the vault is open, and bound the parameters that are written and believed.',
  sources: [
    'tauri-apps/plugins-workspace#2048',
    'tauri-apps/plugins-workspace#2052',
    'subdavis/Tusk#212',
    'RFC 9106 4',
  ],
  needs: ['observed-kdf'],
  judges: ['opening-derived', 'call-derived', 'derived-key'],
  twin: ['right-pin', 'wrong-pin'],
  // Where no opening was seen to derive, none of the others means anything.
  witnesses: ({ situation, call }) => situation === 'opening-derived' && call !== null && counted(call) > 0,
  breach,
}
