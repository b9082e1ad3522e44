import { requirement as aud01 } from './aud/AUD-01.ts'
import { requirement as aud02 } from './aud/AUD-02.ts'
import { requirement as aud03 } from './aud/AUD-03.ts'
import { requirement as aud04 } from './aud/AUD-04.ts'
import { requirement as aud05 } from './aud/AUD-05.ts'
import { requirement as aud06 } from './aud/AUD-06.ts'
import { requirement as aud07 } from './aud/AUD-07.ts'
import { requirement as aud08 } from './aud/AUD-08.ts'
import { requirement as aud09 } from './aud/AUD-09.ts'
import { requirement as aud10 } from './aud/AUD-10.ts'
import { requirement as aud11 } from './aud/AUD-11.ts'
import { requirement as avl01 } from './avl/AVL-01.ts'
import { requirement as bkp01 } from './bkp/BKP-01.ts'
import { requirement as bkp02 } from './bkp/BKP-02.ts'
import { requirement as bkp03 } from './bkp/BKP-03.ts'
import { requirement as bkp04 } from './bkp/BKP-04.ts'
import { requirement as bkp05 } from './bkp/BKP-05.ts'
import { requirement as boot01 } from './boot/BOOT-01.ts'
import { requirement as boot02 } from './boot/BOOT-02.ts'
import { requirement as boot03 } from './boot/BOOT-03.ts'
import { requirement as boot04 } from './boot/BOOT-04.ts'
import { requirement as boot05 } from './boot/BOOT-05.ts'
import { requirement as cap01 } from './cap/CAP-01.ts'
import { requirement as cap02 } from './cap/CAP-02.ts'
import { requirement as cap03 } from './cap/CAP-03.ts'
import { requirement as cap04 } from './cap/CAP-04.ts'
import { requirement as cap05 } from './cap/CAP-05.ts'
import { requirement as cap08 } from './cap/CAP-08.ts'
import { requirement as conc01 } from './conc/CONC-01.ts'
import { requirement as conc02 } from './conc/CONC-02.ts'
import { requirement as conc03 } from './conc/CONC-03.ts'
import { requirement as conc04 } from './conc/CONC-04.ts'
import { requirement as conc05 } from './conc/CONC-05.ts'
import { requirement as conc06 } from './conc/CONC-06.ts'
import { requirement as conc07 } from './conc/CONC-07.ts'
import { requirement as conc08 } from './conc/CONC-08.ts'
import { requirement as conc09 } from './conc/CONC-09.ts'
import { requirement as conc10 } from './conc/CONC-10.ts'
import { requirement as conc11 } from './conc/CONC-11.ts'
import { requirement as conc12 } from './conc/CONC-12.ts'
import { requirement as cry01 } from './cry/CRY-01.ts'
import { requirement as cry02 } from './cry/CRY-02.ts'
import { requirement as cry03 } from './cry/CRY-03.ts'
import { requirement as cry04 } from './cry/CRY-04.ts'
import { requirement as cry07 } from './cry/CRY-07.ts'
import { requirement as db01 } from './db/DB-01.ts'
import { requirement as db02 } from './db/DB-02.ts'
import { requirement as db03 } from './db/DB-03.ts'
import { requirement as db04 } from './db/DB-04.ts'
import { requirement as db05 } from './db/DB-05.ts'
import { requirement as enc01 } from './enc/ENC-01.ts'
import { requirement as enc02 } from './enc/ENC-02.ts'
import { requirement as enc03 } from './enc/ENC-03.ts'
import { requirement as enc04 } from './enc/ENC-04.ts'
import { requirement as enc05 } from './enc/ENC-05.ts'
import { requirement as enc06 } from './enc/ENC-06.ts'
import { requirement as enc07 } from './enc/ENC-07.ts'
import { requirement as enc08 } from './enc/ENC-08.ts'
import { requirement as enc09 } from './enc/ENC-09.ts'
import { requirement as enc10 } from './enc/ENC-10.ts'
import { requirement as enr01 } from './enr/ENR-01.ts'
import { requirement as enr02 } from './enr/ENR-02.ts'
import { requirement as enr03 } from './enr/ENR-03.ts'
import { requirement as enr04 } from './enr/ENR-04.ts'
import { requirement as enr05 } from './enr/ENR-05.ts'
import { requirement as enr06 } from './enr/ENR-06.ts'
import { requirement as enr07 } from './enr/ENR-07.ts'
import { requirement as enr08 } from './enr/ENR-08.ts'
import { requirement as enr09 } from './enr/ENR-09.ts'
import { requirement as enr10 } from './enr/ENR-10.ts'
import { requirement as enr11 } from './enr/ENR-11.ts'
import { requirement as enr12 } from './enr/ENR-12.ts'
import { requirement as enr13 } from './enr/ENR-13.ts'
import { requirement as err01 } from './err/ERR-01.ts'
import { requirement as err02 } from './err/ERR-02.ts'
import { requirement as err03 } from './err/ERR-03.ts'
import { requirement as err04 } from './err/ERR-04.ts'
import { requirement as err05 } from './err/ERR-05.ts'
import { requirement as err06 } from './err/ERR-06.ts'
import { requirement as err07 } from './err/ERR-07.ts'
import { requirement as err08 } from './err/ERR-08.ts'
import { requirement as fs01 } from './fs/FS-01.ts'
import { requirement as fs02 } from './fs/FS-02.ts'
import { requirement as kdf01 } from './kdf/KDF-01.ts'
import { requirement as kdf02 } from './kdf/KDF-02.ts'
import { requirement as kdf03 } from './kdf/KDF-03.ts'
import { requirement as kdf04 } from './kdf/KDF-04.ts'
import { requirement as kdf05 } from './kdf/KDF-05.ts'
import { requirement as kdf06 } from './kdf/KDF-06.ts'
import { requirement as kdf07 } from './kdf/KDF-07.ts'
import { requirement as kdf08 } from './kdf/KDF-08.ts'
import { requirement as kdf09 } from './kdf/KDF-09.ts'
import { requirement as lock01 } from './lock/LOCK-01.ts'
import { requirement as lock02 } from './lock/LOCK-02.ts'
import { requirement as lock03 } from './lock/LOCK-03.ts'
import { requirement as lock04 } from './lock/LOCK-04.ts'
import { requirement as lock05 } from './lock/LOCK-05.ts'
import { requirement as lock06 } from './lock/LOCK-06.ts'
import { requirement as lock07 } from './lock/LOCK-07.ts'
import { requirement as lock08 } from './lock/LOCK-08.ts'
import { requirement as lock09 } from './lock/LOCK-09.ts'
import { requirement as lock10 } from './lock/LOCK-10.ts'
import { requirement as lock11 } from './lock/LOCK-11.ts'
import { requirement as lock12 } from './lock/LOCK-12.ts'
import { requirement as lock13 } from './lock/LOCK-13.ts'
import { requirement as lock14 } from './lock/LOCK-14.ts'
import { requirement as log01 } from './log/LOG-01.ts'
import { requirement as log02 } from './log/LOG-02.ts'
import { requirement as mem01 } from './mem/MEM-01.ts'
import { requirement as mem02 } from './mem/MEM-02.ts'
import { requirement as mem03 } from './mem/MEM-03.ts'
import { requirement as pst01 } from './pst/PST-01.ts'
import { requirement as pst02 } from './pst/PST-02.ts'
import { requirement as pst03 } from './pst/PST-03.ts'
import { requirement as pst04 } from './pst/PST-04.ts'
import { requirement as pst05 } from './pst/PST-05.ts'
import { requirement as pst06 } from './pst/PST-06.ts'
import { requirement as pst07 } from './pst/PST-07.ts'
import { requirement as pst09 } from './pst/PST-09.ts'
import { requirement as pst13 } from './pst/PST-13.ts'
import { requirement as pst14 } from './pst/PST-14.ts'
import type { Requirement } from './requirement.ts'
import { requirement as sig01 } from './sig/SIG-01.ts'
import { requirement as sig02 } from './sig/SIG-02.ts'
import { requirement as sig03 } from './sig/SIG-03.ts'
import { requirement as sig04 } from './sig/SIG-04.ts'
import { requirement as ss01 } from './ss/SS-01.ts'
import { requirement as ss02 } from './ss/SS-02.ts'
import { requirement as ss03 } from './ss/SS-03.ts'
import { requirement as ss04 } from './ss/SS-04.ts'
import { requirement as ss05 } from './ss/SS-05.ts'
import { requirement as ss06 } from './ss/SS-06.ts'
import { requirement as ss09 } from './ss/SS-09.ts'
import { requirement as sup03 } from './sup/SUP-03.ts'
import { requirement as txn01 } from './txn/TXN-01.ts'
import { requirement as txn02 } from './txn/TXN-02.ts'
import { requirement as txn03 } from './txn/TXN-03.ts'
import { requirement as txn04 } from './txn/TXN-04.ts'
import { requirement as txn05 } from './txn/TXN-05.ts'
import { requirement as txn06 } from './txn/TXN-06.ts'
import { requirement as txn07 } from './txn/TXN-07.ts'
import { requirement as txn08 } from './txn/TXN-08.ts'

/** Every requirement, in the order of reports. */
export const requirements: readonly Requirement[] = [
  aud01,
  aud02,
  aud03,
  aud04,
  aud05,
  aud06,
  aud07,
  aud08,
  aud09,
  aud10,
  aud11,
  avl01,
  bkp01,
  bkp02,
  bkp03,
  bkp04,
  bkp05,
  boot01,
  boot02,
  boot03,
  boot04,
  boot05,
  cap01,
  cap02,
  cap03,
  cap04,
  cap05,
  cap08,
  conc01,
  conc02,
  conc03,
  conc04,
  conc05,
  conc06,
  conc07,
  conc08,
  conc09,
  conc10,
  conc11,
  conc12,
  cry01,
  cry02,
  cry03,
  cry04,
  cry07,
  db01,
  db02,
  db03,
  db04,
  db05,
  enc01,
  enc02,
  enc03,
  enc04,
  enc05,
  enc06,
  enc07,
  enc08,
  enc09,
  enc10,
  enr01,
  enr02,
  enr03,
  enr04,
  enr05,
  enr06,
  enr07,
  enr08,
  enr09,
  enr10,
  enr11,
  enr12,
  enr13,
  err01,
  err02,
  err03,
  err04,
  err05,
  err06,
  err07,
  err08,
  fs01,
  fs02,
  kdf01,
  kdf02,
  kdf03,
  kdf04,
  kdf05,
  kdf06,
  kdf07,
  kdf08,
  kdf09,
  lock01,
  lock02,
  lock03,
  lock04,
  lock05,
  lock06,
  lock07,
  lock08,
  lock09,
  lock10,
  lock11,
  lock12,
  lock13,
  lock14,
  log01,
  log02,
  mem01,
  mem02,
  mem03,
  pst01,
  pst02,
  pst03,
  pst04,
  pst05,
  pst06,
  pst07,
  pst09,
  pst13,
  pst14,
  sig01,
  sig02,
  sig03,
  sig04,
  ss01,
  ss02,
  ss03,
  ss04,
  ss05,
  ss06,
  ss09,
  sup03,
  txn01,
  txn02,
  txn03,
  txn04,
  txn05,
  txn06,
  txn07,
  txn08,
]

const byId = new Map(requirements.map((requirement) => [requirement.id, requirement]))
export const requirementOf = (id: string): Requirement | undefined => byId.get(id)
