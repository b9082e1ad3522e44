import { type Command, command } from '../command.ts'

/** `holdfast run`: judge vaults and write reports. */
export const run: Command = command({
  name: 'run',
  summary: 'Judges vaults by generated programs, shows what came of it, and writes reports.',
  words: [],
  flags: {
    vault: {
      value: 'SPEC',
      many: true,
      help: 'a vault: module:./file.ts, stdio:command args, container:image command, or a name of the configuration; default all that it names',
    },
    device: { value: 'NAME', many: true, help: 'where to run it, see holdfast doctor; default what the vault names' },
    profile: { value: 'P', help: 'judge only the requirements of this profile, such as store' },
    require: {
      value: 'P[@Fn]',
      help: 'fail unless every MUST of that profile passes, at that fidelity or better: store@F2',
    },
    only: { value: 'ID,...', help: 'judge only these requirements, see holdfast list' },
    programs: { value: 'N', help: 'programs for each scenario; default by the device' },
    seed: { value: 'S', help: 'where the programs come from: the same seed gives the same programs; default 1' },
    budget: { value: 'TIME', help: 'begin no new program after 30s, 5m, 1h; the report says what was cut' },
    baseline: { value: 'FILE', help: 'known failures, each with reason, link and expiry' },
    strict: { help: 'a SHOULD that fails counts as unexpected, too' },
    out: { value: 'DIR', help: 'folder for run.ndjson, junit.xml and summary.md; default holdfast-report' },
    config: { value: 'FILE', help: 'configuration; default holdfast.config.ts' },
    'allow-login-keyring': { help: "let a vault use this person's own login keyring" },
    verbose: { help: 'also show what was generated, and how often each requirement was looked at' },
  },
  notes: [
    'Example: holdfast run --vault "stdio:python3 my-adapter.py" --device linux-container --only PST-01,ENC-04',
    'Exit codes: 0 nothing unexpected, 1 something unexpected, 2 wrong usage or configuration, 3 nothing could be judged or Holdfast itself failed, 130 interrupted.',
  ],
  async run(given, _words, shell) {
    const { judgementOf } = await import('../judgement.ts')
    const judgement = await judgementOf(given, shell)
    const { judgeToReports } = await import('../judge-to-reports.ts')
    return judgeToReports(judgement, shell)
  },
})
