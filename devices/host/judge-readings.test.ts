import { describe, expect, it } from 'vitest'
import type { MachineFacet } from '../../harness/contract/environment.ts'
import { judgeReadings } from './judge-readings.ts'
import type { KeyringReadings, OwnKeyringReadings, Readings, SightReadings } from './readings.ts'

const wrote = 'value'
const isLocked = { error: 'org.freedesktop.Secret.Error.IsLocked' }
const unknown = { error: 'org.freedesktop.DBus.Error.ServiceUnknown' }
const ours: OwnKeyringReadings = {
  readsCounted: 1,
  whileLocked: isLocked,
  prompt: 'dismissed',
  lockedAfterPrompt: true,
  afterUnlock: { value: wrote },
  restart: { before: 1, after: 2, there: false, read: { value: wrote } },
  absent: unknown,
  afterStart: { value: wrote },
}
const keyring: KeyringReadings = {
  wrote,
  read: { value: wrote },
  count: { before: 0, during: 1, swept: 0 },
  shown: { label: true, attribute: true },
  ours,
}
const sight: SightReadings = {
  files: { count: 3, byUmask: 'left', own: null, late: 'born' },
  processes: { inArguments: true, inEnvironment: true },
  memory: { bytes: 9, held: true, neverMade: false },
}
const honest: Readings = {
  death: { answered: true, ended: 'SIGKILL', there: false },
  output: { lines: 5, onOutput: 5, onErrors: 5 },
  keyring,
  sight,
}
const seeing = (changed: { [K in keyof SightReadings]?: Partial<SightReadings[K]> }): Readings => ({
  ...honest,
  sight: {
    files: { ...sight.files, ...changed.files },
    processes: { ...sight.processes, ...changed.processes },
    memory: { ...sight.memory, ...changed.memory },
  },
})
const withOurs = (changed: Partial<OwnKeyringReadings>): Readings => ({
  ...honest,
  keyring: { ...keyring, ours: { ...ours, ...changed } },
})
const withKeyring = (changed: Partial<KeyringReadings>): Readings => ({
  ...honest,
  keyring: { ...keyring, ...changed },
})

describe('what a machine is', () => {
  it('is believed when every probe saw what it should', () => {
    const facets = Object.entries(judgeReadings(honest))
    expect(facets.filter(([, state]) => state.is === 'disproven')).toEqual([])
    expect(
      facets
        .filter(([, state]) => state.is === 'proven')
        .map(([facet]) => facet)
        .sort(),
    ).toEqual([
      'captured-output',
      'counted-items',
      'file-modes',
      'keyring-absent',
      'keyring-locks',
      'keyring-present',
      'keyring-restart',
      'no-prompter',
      'process-death',
      'readable-memory',
      'seen-attributes',
      'seen-processes',
    ])
  })
  const lies: readonly (readonly [string, MachineFacet, Readings])[] = [
    ['outlives its kill', 'process-death', { ...honest, death: { answered: true, ended: 'SIGKILL', there: true } }],
    ['ends by itself', 'process-death', { ...honest, death: { answered: true, ended: '0', there: false } }],
    ['was never there', 'process-death', { ...honest, death: { answered: false, ended: 'SIGKILL', there: false } }],
    ['loses output', 'captured-output', { ...honest, output: { lines: 5, onOutput: 4, onErrors: 5 } }],
    ['loses errors', 'captured-output', { ...honest, output: { lines: 5, onOutput: 5, onErrors: 0 } }],
    ['gives another value', 'keyring-present', withKeyring({ read: { value: 'other' } })],
    ['sees strangers', 'counted-items', withKeyring({ count: { before: 1, during: 1, swept: 0 } })],
    ['sees nothing', 'counted-items', withKeyring({ count: { before: 0, during: 0, swept: 0 } })],
    ['does not sweep', 'counted-items', withKeyring({ count: { before: 0, during: 1, swept: 1 } })],
    ['hides labels', 'seen-attributes', withKeyring({ shown: { label: false, attribute: true } })],
    ['hides attributes', 'seen-attributes', withKeyring({ shown: { label: true, attribute: false } })],
    ['counts no reads', 'counted-items', withOurs({ readsCounted: 0 })],
    ['gives while locked', 'keyring-locks', withOurs({ whileLocked: { value: wrote } })],
    ['refuses for another reason', 'keyring-locks', withOurs({ whileLocked: unknown })],
    ['stays locked', 'keyring-locks', withOurs({ afterUnlock: isLocked })],
    ['has a prompter', 'no-prompter', withOurs({ prompt: 'answered' })],
    ['opens without asking', 'no-prompter', withOurs({ prompt: 'none' })],
    ['leaves a prompt open', 'no-prompter', withOurs({ prompt: 'pending' })],
    ['opens when dismissed', 'no-prompter', withOurs({ lockedAfterPrompt: false })],
    ['keeps the old daemon', 'keyring-restart', withOurs({ restart: { ...ours.restart, there: true } })],
    ['loses items at restart', 'keyring-restart', withOurs({ restart: { ...ours.restart, read: unknown } })],
    ['still answers', 'keyring-absent', withOurs({ absent: { value: wrote } })],
    ['is locked, not absent', 'keyring-absent', withOurs({ absent: isLocked })],
    ['misses files', 'file-modes', seeing({ files: { count: 2 } })],
    ['makes every file private', 'file-modes', seeing({ files: { byUmask: null } })],
    ['takes private files for open', 'file-modes', seeing({ files: { own: 'left' } })],
    ['sees only what is left', 'file-modes', seeing({ files: { late: null } })],
    ['hides arguments', 'seen-processes', seeing({ processes: { inArguments: false } })],
    ['hides environments', 'seen-processes', seeing({ processes: { inEnvironment: false } })],
    ['hides memory', 'readable-memory', seeing({ memory: { held: false } })],
    ['finds anything', 'readable-memory', seeing({ memory: { neverMade: true } })],
    ['does not come back', 'keyring-absent', withOurs({ afterStart: unknown })],
  ]
  it.each(lies)('is doubted where it %s', (_, facet, readings) => {
    expect(judgeReadings(readings)[facet].is).toBe('disproven')
  })
  it('stays unproven where a probe may not be made', () => {
    const persons = judgeReadings(withKeyring({ ours: null }))
    expect(persons['keyring-present'].is).toBe('proven')
    expect(persons['keyring-locks'].is).toBe('unproven')
    expect(persons['seen-attributes'].is).toBe('proven')
    const none = judgeReadings({ ...honest, keyring: { none: 'no keyring' } })
    expect(none['keyring-present']).toEqual({ is: 'disproven', evidence: 'no keyring' })
    const blind = judgeReadings({ ...honest, sight: { none: 'no /proc' } })
    expect(blind['readable-memory']).toEqual({ is: 'unproven', why: 'no /proc' })
  })
})
