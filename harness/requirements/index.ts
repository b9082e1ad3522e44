import { requirement as avl01 } from './avl/AVL-01.ts'
import { requirement as conc02 } from './conc/CONC-02.ts'
import { requirement as conc03 } from './conc/CONC-03.ts'
import { requirement as conc04 } from './conc/CONC-04.ts'
import { requirement as enc01 } from './enc/ENC-01.ts'
import { requirement as enc04 } from './enc/ENC-04.ts'
import { requirement as enc07 } from './enc/ENC-07.ts'
import { requirement as enc08 } from './enc/ENC-08.ts'
import { requirement as enc10 } from './enc/ENC-10.ts'
import { requirement as err06 } from './err/ERR-06.ts'
import { requirement as err07 } from './err/ERR-07.ts'
import { requirement as log01 } from './log/LOG-01.ts'
import { requirement as pst01 } from './pst/PST-01.ts'
import { requirement as pst02 } from './pst/PST-02.ts'
import { requirement as pst06 } from './pst/PST-06.ts'
import type { Requirement } from './requirement.ts'
import { requirement as ss02 } from './ss/SS-02.ts'
import { requirement as ss04 } from './ss/SS-04.ts'
import { requirement as txn06 } from './txn/TXN-06.ts'

/** Every requirement, in the order of reports. */
export const requirements: readonly Requirement[] = [
  avl01,
  conc02,
  conc03,
  conc04,
  enc01,
  enc04,
  enc07,
  enc08,
  enc10,
  err06,
  err07,
  log01,
  pst01,
  pst02,
  pst06,
  ss02,
  ss04,
  txn06,
]

const byId = new Map(requirements.map((requirement) => [requirement.id, requirement]))
export const requirementOf = (id: string): Requirement | undefined => byId.get(id)
