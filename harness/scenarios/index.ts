import type { Profile } from '../contract/operations.ts'
import { approved } from './approved.ts'
import { auditing } from './auditing.ts'
import { capabilities } from './capabilities.ts'
import { database } from './database.ts'
import { enrolment } from './enrolment.ts'
import { firstUnlock } from './first-unlock.ts'
import { keyring } from './keyring.ts'
import { lifecycle } from './lifecycle.ts'
import { memory } from './memory.ts'
import { moving } from './moving.ts'
import { names } from './names.ts'
import { overlap } from './overlap.ts'
import { pin } from './pin.ts'
import { power } from './power.ts'
import { prompting } from './prompting.ts'
import { restarts } from './restarts.ts'
import { rewriting } from './rewriting.ts'
import type { Ground, Scenario } from './scenario.ts'
import { sessions } from './sessions.ts'
import { signing } from './signing.ts'
import { tampering } from './tampering.ts'
import { twoProcesses } from './two-processes.ts'
import { unlocking } from './unlocking.ts'
import { values } from './values.ts'

/** Scenarios of vaults that keep entries, or ask the person. */
const ofEntries: readonly Scenario[] = [
  values,
  names,
  restarts,
  power,
  keyring,
  sessions,
  unlocking,
  overlap,
  twoProcesses,
  lifecycle,
  pin,
  approved,
  database,
  tampering,
  rewriting,
  memory,
  enrolment,
  prompting,
  firstUnlock,
  moving,
  capabilities,
]

/** Profiles that keep no entries: a vault that claims nothing else has no use for most scenarios. */
const withoutEntries: ReadonlySet<Profile> = new Set(['audit', 'signing'])

/** Every scenario. A fingerprint found by one is shrunk with the generators of that one. */
export const scenarios: readonly Scenario[] = [
  ...ofEntries.map((scenario) => ({
    ...scenario,
    fits: (ground: Ground) =>
      ground.description.profiles.some((profile) => !withoutEntries.has(profile)) && scenario.fits(ground),
  })),
  auditing,
  signing,
]
