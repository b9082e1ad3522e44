import { refusals } from '../../judging/names.ts'
import { wrongRead, wrongWrite } from '../breach.ts'
import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'ENC-10',
  family: 'ENC',
  level: 'MUST',
  profiles: ['store'],
  clause: 'Names that differ in case, normal form, separators or blanks name different entries, or are refused.',
  threat: 'LOSS',
  cwe: ['CWE-178', 'CWE-176', 'CWE-694'],
  why: "One account's secret overwrites another's, or is handed to it.",
  advice:
    'Use the exact name as the key, or encode it injectively; never join parts with a separator that may occur in them.',
  sources: ['keyring-rs windows.rs: target name', 'flathub/com.tutanota.Tutanota#77'],
  needs: [],
  judges: ['look-alike-name'],
  twin: ['acknowledged-write'],
  breach: (occurrence) => wrongWrite(occurrence, refusals) ?? wrongRead(occurrence),
}
