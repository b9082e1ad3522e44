import { keyring } from './keyring.ts'
import { lifecycle } from './lifecycle.ts'
import { names } from './names.ts'
import { overlap } from './overlap.ts'
import { restarts } from './restarts.ts'
import type { Scenario } from './scenario.ts'
import { values } from './values.ts'

/** Every scenario. A fingerprint found by one is shrunk with the generators of that one. */
export const scenarios: readonly Scenario[] = [values, names, restarts, keyring, overlap, lifecycle]
