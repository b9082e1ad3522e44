import { keyring } from './keyring.ts'
import { lifecycle } from './lifecycle.ts'
import { names } from './names.ts'
import { overlap } from './overlap.ts'
import { pin } from './pin.ts'
import { power } from './power.ts'
import { restarts } from './restarts.ts'
import type { Scenario } from './scenario.ts'
import { tampering } from './tampering.ts'
import { values } from './values.ts'

/** Every scenario. A fingerprint found by one is shrunk with the generators of that one. */
export const scenarios: readonly Scenario[] = [
  values,
  names,
  restarts,
  power,
  keyring,
  overlap,
  lifecycle,
  pin,
  tampering,
]
