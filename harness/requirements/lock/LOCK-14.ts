import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'LOCK-14',
  family: 'LOCK',
  level: 'MUST',
  profiles: ['lifecycle'],
  clause: 'A vault that was locked gives no value before it is opened again, and `state` says whether it is open.',
  threat: 'BYPASS',
  cwe: ['CWE-613'],
  why: 'The screen shows a lock, and whoever takes the machine reads on: nothing behind it was closed.',
  advice: 'Forget the key when you are told to lock, and let `state` be asked of the key and not of a flag.',
  sources: ['raycast/extensions#11360', 'bitwarden/clients#2496'],
  needs: [],
  judges: ['read-while-closed', 'state-told'],
  twin: ['round-trip'],
  since: '2',
  breach: ({ wrong }) => wrong,
}
