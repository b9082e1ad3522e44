import { exclusion as cap06 } from './cap/CAP-06.ts'
import { exclusion as cap07 } from './cap/CAP-07.ts'
import { exclusion as cry05 } from './cry/CRY-05.ts'
import { exclusion as cry06 } from './cry/CRY-06.ts'
import { exclusion as mac01 } from './mac/MAC-01.ts'
import { exclusion as mac02 } from './mac/MAC-02.ts'
import { exclusion as pst08 } from './pst/PST-08.ts'
import { exclusion as pst10 } from './pst/PST-10.ts'
import { exclusion as pst11 } from './pst/PST-11.ts'
import { exclusion as pst12 } from './pst/PST-12.ts'
import type { Exclusion } from './row.ts'
import { exclusion as ss07 } from './ss/SS-07.ts'
import { exclusion as ss08 } from './ss/SS-08.ts'
import { exclusion as sup01 } from './sup/SUP-01.ts'
import { exclusion as sup02 } from './sup/SUP-02.ts'
import { exclusion as sup04 } from './sup/SUP-04.ts'
import { exclusion as wan01 } from './wan/WAN-01.ts'
import { exclusion as wan02 } from './wan/WAN-02.ts'
import { exclusion as wan03 } from './wan/WAN-03.ts'
import { exclusion as wan04 } from './wan/WAN-04.ts'
import { exclusion as wan05 } from './wan/WAN-05.ts'
import { exclusion as wan06 } from './wan/WAN-06.ts'
import { exclusion as wan07 } from './wan/WAN-07.ts'
import { exclusion as wan08 } from './wan/WAN-08.ts'
import { exclusion as win01 } from './win/WIN-01.ts'
import { exclusion as win02 } from './win/WIN-02.ts'
import { exclusion as win03 } from './win/WIN-03.ts'
import { exclusion as win04 } from './win/WIN-04.ts'

/** Rows that no check decides yet, each with its reason. */
export const exclusions: readonly Exclusion[] = [
  cap06,
  cap07,
  cry05,
  cry06,
  mac01,
  mac02,
  pst08,
  pst10,
  pst11,
  pst12,
  ss07,
  ss08,
  sup01,
  sup02,
  sup04,
  wan01,
  wan02,
  wan03,
  wan04,
  wan05,
  wan06,
  wan07,
  wan08,
  win01,
  win02,
  win03,
  win04,
]
