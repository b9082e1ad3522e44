import { armedKills, calls, controlsOf, logCalls, logDamages, logRewrites, powerCuts, programs } from './commands.ts'
import type { Ground, Scenario } from './scenario.ts'

function stories(ground: Ground) {
  const append = logCalls(ground, { append: 1 })
  const started = logCalls(ground, { append: 1 }, { how: 'start' })
  const verify = logCalls(ground, { verify: 1 })
  const entries = logCalls(ground, { entries: 1 })
  const look = logCalls(ground, { verify: 1, entries: 1 })
  const checkpoint = logCalls(ground, { checkpoint: 1 })
  const open = calls(ground, { names: ['a'], weights: { unlock: 1 } })
  const kill = controlsOf(ground, { 'kill-app': 1 })
  const damaged = (...how: Parameters<typeof logDamages>[1]) => [
    append,
    append,
    append,
    verify,
    logDamages(ground, how),
  ]
  const rewritten = logRewrites(ground, 'files')
  const elsewhere = logRewrites(ground, 'machine')
  const cut = [append, append, verify, logDamages(ground, ['cut-end', 'cut-start'])]
  return [
    [...damaged('edit', 'insert', 'move', 'take-out'), open, verify],
    [...damaged('edit', 'insert', 'move', 'take-out'), open, verify],
    [append, append, verify, logDamages(ground, ['edit', 'insert', 'move']), open, verify],
    [...damaged('cut-end'), open, verify],
    [...damaged('cut-start'), open, verify],
    [append, append, verify, logDamages(ground, ['cut-end', 'cut-start', 'remove']), open, verify],
    [append, verify, logDamages(ground, ['remove']), open, verify],
    [...cut, open, append, verify],
    [...cut, open, append, kill, open, verify],
    [append, verify, rewritten, open, verify],
    [append, append, verify, rewritten, open, verify],
    // A look-alike has the same number: one for each way to write fields one after the other.
    ...Array.from({ length: 10 }, (_, split) => [
      logCalls(ground, { split: 1 }, { split }),
      verify,
      logRewrites(ground, 'files', split),
      open,
      verify,
    ]),
    [append, append, verify, checkpoint, elsewhere, open, logCalls(ground, { witness: 1 })],
    [append, append, verify, checkpoint, elsewhere, open, logCalls(ground, { witness: 1 })],
    [append, verify, checkpoint, elsewhere, open, append, logCalls(ground, { witness: 1 })],
    [append, checkpoint, append, verify, logCalls(ground, { witness: 1 })],
    [append, started, started, append, verify, entries],
    [started, started, started, append, entries, verify],
    [append, armedKills(ground), append, append, open, look, append, open, look],
    [append, armedKills(ground), append, append, open, look, append, open, look],
    [append, armedKills(ground), append, append, open, look, append, open, look],
    [append, powerCuts(ground), append, append, open, look],
    [append, powerCuts(ground), append, append, open, look],
    [append, powerCuts(ground), append, append, open, look],
  ]
}

/** A log of what was done, appended to, verified, and changed behind the vault's back. */
export const auditing: Scenario = {
  id: 'auditing',
  about: "an audit log is appended to and verified, while its files are changed and rewritten behind the vault's back",
  reaches: [
    'log-untouched',
    'log-after-overlap',
    'log-verified',
    'verified-after-change',
    'verified-after-cut-end',
    'verified-after-cut-start',
    'verified-after-append-to-cut',
    'verified-after-removal',
    'verified-after-rewrite',
    'verified-after-look-alike',
    'verified-against-witness',
  ],
  // Many stories, and each takes a few tries.
  share: 10,
  fits: ({ description }) => description.profiles.includes('audit'),
  program: (ground) =>
    programs(
      ground,
      [
        ...logCalls(ground, { append: 6, split: 1, entries: 2, verify: 4, checkpoint: 1, witness: 1 }),
        ...logCalls(ground, { append: 2 }, { how: 'start' }),
        ...calls(ground, { names: ['a'], weights: { unlock: 2 } }),
        ...controlsOf(ground, { 'kill-app': 1, 'restart-machine': 1 }, true),
        ...powerCuts(ground),
        ...logDamages(ground, ['edit', 'insert', 'move', 'take-out', 'cut-start', 'cut-end', 'remove']),
        ...logRewrites(ground, 'files'),
        ...logRewrites(ground, 'machine'),
      ],
      stories(ground),
    ),
}
