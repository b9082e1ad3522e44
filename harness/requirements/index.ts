import { requirement as avl01 } from './avl/AVL-01.ts'
import { requirement as conc02 } from './conc/CONC-02.ts'
import { requirement as conc03 } from './conc/CONC-03.ts'
import { requirement as conc04 } from './conc/CONC-04.ts'
import { requirement as cry02 } from './cry/CRY-02.ts'
import { requirement as cry03 } from './cry/CRY-03.ts'
import { requirement as cry04 } from './cry/CRY-04.ts'
import { requirement as enc01 } from './enc/ENC-01.ts'
import { requirement as enc04 } from './enc/ENC-04.ts'
import { requirement as enc07 } from './enc/ENC-07.ts'
import { requirement as enc08 } from './enc/ENC-08.ts'
import { requirement as enc10 } from './enc/ENC-10.ts'
import { requirement as err05 } from './err/ERR-05.ts'
import { requirement as err06 } from './err/ERR-06.ts'
import { requirement as err07 } from './err/ERR-07.ts'
import { requirement as fs01 } from './fs/FS-01.ts'
import { requirement as kdf01 } from './kdf/KDF-01.ts'
import { requirement as kdf05 } from './kdf/KDF-05.ts'
import { requirement as kdf06 } from './kdf/KDF-06.ts'
import { requirement as kdf07 } from './kdf/KDF-07.ts'
import { requirement as kdf09 } from './kdf/KDF-09.ts'
import { requirement as log01 } from './log/LOG-01.ts'
import { requirement as log02 } from './log/LOG-02.ts'
import { requirement as mem01 } from './mem/MEM-01.ts'
import { requirement as mem02 } from './mem/MEM-02.ts'
import { requirement as pst01 } from './pst/PST-01.ts'
import { requirement as pst02 } from './pst/PST-02.ts'
import { requirement as pst06 } from './pst/PST-06.ts'
import type { Requirement } from './requirement.ts'
import { requirement as ss02 } from './ss/SS-02.ts'
import { requirement as ss04 } from './ss/SS-04.ts'
import { requirement as txn01 } from './txn/TXN-01.ts'
import { requirement as txn02 } from './txn/TXN-02.ts'
import { requirement as txn03 } from './txn/TXN-03.ts'
import { requirement as txn04 } from './txn/TXN-04.ts'
import { requirement as txn06 } from './txn/TXN-06.ts'
import { requirement as txn07 } from './txn/TXN-07.ts'

/** Every requirement, in the order of reports. */
export const requirements: readonly Requirement[] = [
  avl01,
  conc02,
  conc03,
  conc04,
  cry02,
  cry03,
  cry04,
  enc01,
  enc04,
  enc07,
  enc08,
  enc10,
  err05,
  err06,
  err07,
  fs01,
  kdf01,
  kdf05,
  kdf06,
  kdf07,
  kdf09,
  log01,
  log02,
  mem01,
  mem02,
  pst01,
  pst02,
  pst06,
  ss02,
  ss04,
  txn01,
  txn02,
  txn03,
  txn04,
  txn06,
  txn07,
]

const byId = new Map(requirements.map((requirement) => [requirement.id, requirement]))
export const requirementOf = (id: string): Requirement | undefined => byId.get(id)
