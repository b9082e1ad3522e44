import type { Control } from '../contract/controls.ts'
import type { Outcome } from '../contract/history.ts'
import type { Operation } from '../contract/operations.ts'

/** What was done to the vault's files behind its back; null where they are as it left them. */
export type Tampering = 'flip' | 'cut' | 'remove' | 'swap' | 'older' | null

/** Follows what happens to the files, so that putting back an unchanged copy is known to undo the damage. */
export interface StoredFiles {
  readonly state: Tampering
  /** The damage was undone by putting back the very state that was copied. */
  readonly undone: boolean
  control(what: Control): void
  returned(op: Operation, outcome: Outcome): void
}

const mutating: ReadonlySet<Operation['op']> = new Set([
  'put',
  'delete',
  'setUp',
  'reset',
  'changePin',
  'addSlot',
  'removeSlot',
  'unlock',
])

export function storedFiles(): StoredFiles {
  let state: Tampering = null
  let undone = false
  let changes = 0
  /** How many changes there were when the copy was made; null where there is no copy of a good state. */
  let copied: number | null = null
  return {
    get state() {
      return state
    },
    get undone() {
      return undone
    },
    control(what) {
      switch (what.control) {
        case 'copy-files':
          copied = state === null ? changes : null
          break
        case 'damage-file':
          state = what.how
          undone = false
          break
        case 'restore-files':
          undone = state !== null && copied === changes
          state = copied === changes ? null : 'older'
          break
      }
    },
    returned(op, outcome) {
      if (!mutating.has(op.op)) return
      // What was refused for damage changed nothing; a wrong PIN was counted.
      const nothing = outcome.is === 'fail' && outcome.failure.code !== 'wrong-pin'
      if (!nothing) changes++
    },
  }
}
