import type { Description } from '../../contract/description.ts'
import type { Requirement } from '../requirement.ts'
import { foundAsGiven } from './found-in-memory.ts'

/** Over any other protocol the adapter has copies of its own, which nobody can tell from the vault's. */
export const takesRecipes = ({ secrets }: Description): string | null =>
  secrets === 'recipes' ? null : "its adapter is given secrets as they are, so copies in memory may be the adapter's"

export const requirement: Requirement = {
  id: 'MEM-01',
  family: 'MEM',
  level: 'MUST',
  profiles: ['lifecycle'],
  clause:
    'Once the vault is locked, nothing that it was given can be found in the memory of its process, as it was given.',
  threat: 'LEAK',
  cwe: ['CWE-316', 'CWE-226'],
  maswe: ['MASWE-0024'],
  why: 'A crash report, a swap file or a debugger gives the secrets of a vault that everybody takes for locked.',
  advice: 'Keep secrets in bytes, never in strings, and zero every copy when it is done with, on failure too.',
  sources: ['bitwarden/clients#3166', 'keepassxreboot/keepassxc#2718'],
  needs: ['readable-memory'],
  judges: ['memory-after-lock'],
  twin: ['memory-while-held'],
  exempts: takesRecipes,
  // Copies in other forms are MEM-03's to tell.
  breach: foundAsGiven,
}
