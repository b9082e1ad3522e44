import type { Misuse } from '../../../harness/contract/device.ts'

/** What the app broke of the platform's rules: told once to who takes it. */
export interface MisuseRecord {
  note(call: string, rule: string): void
  take(): readonly Misuse[]
}

const nothing: readonly Misuse[] = []

export const createMisuseRecord = (): MisuseRecord => {
  let noted: Misuse[] = []
  return {
    note(call, rule) {
      noted.push({ call, rule })
    },
    take() {
      if (noted.length === 0) return nothing
      const taken = noted
      noted = []
      return taken
    },
  }
}
