import type { Requirement } from '../requirement.ts'
import { foundInMemory } from './found-in-memory.ts'
import { takesRecipes } from './MEM-01.ts'

export const requirement: Requirement = {
  id: 'MEM-02',
  family: 'MEM',
  level: 'MUST',
  profiles: ['pin'],
  clause: 'Once a wrong PIN was refused, it cannot be found in the memory of the process.',
  threat: 'LEAK',
  cwe: ['CWE-316'],
  maswe: ['MASWE-0024'],
  why: 'A slip of one digit tells the rest of the right PIN to whoever sees the memory later.',
  advice: 'Zero the PIN on the path of the refusal too, and keep it out of error messages and histories of attempts.',
  sources: ['bitwarden/clients#6231'],
  needs: ['readable-memory'],
  judges: ['memory-after-wrong-pin'],
  twin: ['memory-while-held'],
  exempts: takesRecipes,
  breach: foundInMemory,
}
