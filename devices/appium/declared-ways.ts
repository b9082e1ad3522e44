import type { Description } from '../../harness/contract/description.ts'
import type { RestoreWay } from '../../harness/contract/restoring.ts'

/**
 * How a vault in an app of ours may be put back: by fresh names where it has them and keeps nothing beside, else by what
 * needs no trust in it.
 */
export const declaredWays = ({
  profiles,
  restore,
}: Pick<Description, 'profiles' | 'restore'>): readonly RestoreWay[] =>
  profiles.includes('store') && restore === 'namespace' ? ['fresh-names'] : ['clear-data', 'reinstall']
