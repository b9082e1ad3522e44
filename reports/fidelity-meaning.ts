import type { Fidelity } from '../harness/contract/environment.ts'

/** What a fidelity label means: how far what was seen there can be believed. */
export const fidelityMeaning: Readonly<Record<Fidelity, string>> = {
  F0: 'simulated, by our own control path',
  F1: 'a simulated platform behind the real drivers',
  F2: 'real platform software on virtual hardware',
  F3: 'a real phone with a simulated user',
  F4: 'a real phone or machine with a real finger',
}
