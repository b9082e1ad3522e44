import type { Observation } from '../contract/history.ts'
import type { Situation } from './situations.ts'
import type { WithoutKeyring } from './without-keyring.ts'

/** Where a secret was found says which requirement it is a matter of. */
export function situationOfLeak(leak: Observation & { probe: 'leak' }, bare: Pick<WithoutKeyring, 'only'>): Situation {
  switch (leak.in) {
    case 'output':
    case 'answer':
      return 'secret-handled'
    case 'file':
      return bare.only(leak) ? 'write-without-store' : 'files-searched'
    case 'keyring':
      return 'attributes-searched'
    case 'process':
      return 'process-seen'
  }
}
