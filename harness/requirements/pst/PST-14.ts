import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'PST-14',
  family: 'PST',
  level: 'MUST',
  profiles: ['store'],
  clause: 'A list names each entry once, by the name under which it was stored, and nothing else.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-440', 'CWE-706'],
  why: 'The list of accounts shows one that nobody made, or the same one twice, and "delete all" fails on it.',
  advice: 'Keep what the vault needs for itself apart from the entries, and list what is stored, not what was written.',
  sources: ['martinkasa/capacitor-secure-storage-plugin PR#27'],
  needs: [],
  judges: ['listed'],
  twin: ['acknowledged-write'],
  since: '2',
  exempts: ({ operations, restore }) => {
    if (!operations.includes('list')) return "the vault has no 'list'"
    return restore === 'delete' ? 'it has no place of its own for a program, so what others keep is listed too' : null
  },
  witnesses: ({ call }) =>
    call?.outcome.is === 'ok' && Array.isArray(call.outcome.value) && call.outcome.value.length > 0,
  breach: ({ wrong }) => wrong,
}
