import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'AUD-07',
  family: 'AUD',
  level: 'MUST',
  profiles: ['audit'],
  clause: 'Appends at the same time make one chain, without a fork.',
  threat: 'LOSS',
  cwe: ['CWE-820'],
  why: 'Two entries claim the same place, one of them is lost, or the log never verifies again.',
  advice: 'Give out the number and write the entry under one lock.',
  sources: ['hyprstream/hyprstream PR#679'],
  excluded:
    'The contract has no profile `audit` yet: no operation appends to a log or verifies one, so a program has nothing to tamper with. Overlapping calls are judged for stores (CONC-02, CONC-04); it takes the profile to have something that can fork.',
}
