import type { Requirement } from '../requirement.ts'

export const requirement: Requirement = {
  id: 'FS-01',
  family: 'FS',
  level: 'MUST',
  profiles: ['slot', 'store'],
  clause: 'Nobody but their owner may use the files of the vault, from the moment at which each is made.',
  threat: 'LEAK',
  cwe: ['CWE-732', 'CWE-378'],
  maswe: ['MASWE-0001'],
  why: 'Another account of the machine reads the vault, or has it open from the moment before its mode was set right.',
  advice: 'Give mode 0600 to the call that creates the file; a chmod afterwards comes too late for who waits for it.',
  sources: ['decentpaste vault/storage.rs write_vault', 'open(2), mode and umask'],
  needs: ['file-modes'],
  judges: ['file-made'],
  twin: ['acknowledged-write'],
  breach: ({ seen }) => {
    const file = seen?.probe === 'files' ? seen.open[0] : undefined
    if (file === undefined) return null
    const mode = file.mode.toString(8).padStart(4, '0')
    return {
      kind: 'open-file',
      expected: 'mode 0600 from birth',
      seen: `${file.where} ${file.when === 'born' ? 'was made' : 'was left'} with mode ${mode}`,
    }
  },
}
