import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
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
  needs: [],
  judges: ['log-after-overlap'],
  twin: ['log-after-overlap'],
  since: '2',
  breach: ({ wrong }) => wrong,
}
