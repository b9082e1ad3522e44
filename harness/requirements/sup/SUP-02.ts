import type { Exclusion } from '../row.ts'

export const exclusion: Exclusion = {
  id: 'SUP-02',
  family: 'SUP',
  level: 'SHOULD',
  profiles: [],
  clause: 'What pages and examples show as code passes the suite itself.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-1068'],
  why: 'Everybody copies the example, and with it the comparison of message texts that it contains.',
  advice: 'Run the examples of your pages as tests.',
  sources: ['ReversecLabs/android-keystore-audit#1', 'decentpaste README'],
  excluded:
    'It binds who writes pages, not a vault that runs. For Holdfast’s own pages it is held by tests: `docs/examples.test.ts` puts each adapter of README and `docs/adapters.md` through the smoke test and a short run, and `docs/commands.test.ts` runs their commands. The reference vault that they show is judged by the main job.',
}
