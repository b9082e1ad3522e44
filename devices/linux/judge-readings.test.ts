import { describe, expect, test } from 'vitest'
import { type MachineFacet, machineFacets } from '../../harness/contract/environment.ts'
import { judgeReadings } from './judge-readings.ts'
import type { Readings } from './readings.ts'

const wrote = 'probe'
const given = { value: wrote }
const refused = { error: 'org.freedesktop.Secret.Error.IsLocked' }
const honest: Readings = {
  presence: { wrote, read: given },
  lock: { wrote, saidLocked: true, whileLocked: refused, afterUnlock: given },
  prompt: { became: 'dismissed', stillLocked: true, waitedSeconds: 5 },
  restart: { wrote, before: 8, after: 9, ended: true, inMemory: { error: 'UnknownMethod' }, onDisk: given },
  absence: { wrote, error: 'ServiceUnknown', daemon: null, afterStart: given },
  count: { none: 0, ours: 1, withStrangers: 2, swept: 0, shown: true, reads: 1 },
  wipe: { before: 2, after: 0, read: { error: 'UnknownMethod' } },
  files: { wrote, damaged: 'qrobe', removed: null, putBack: wrote },
  password: { lockedBefore: true, lockedAfter: true },
  prompter: { dismisses: 'dismissed', never: 'pending', shown: 1 },
  home: { whileProtected: false, afterwards: true },
  disk: { whileFull: 'cat: write error: No space left on device', afterwards: null },
  bus: { before: true, after: false },
  death: { echoed: true, before: true, after: false, ended: 'SIGKILL' },
  output: { lines: 10, onOutput: 10, onErrors: 10, fileFound: true },
  sight: {
    files: { count: 4, byUmask: 'left', own: null, late: 'born', temporary: 'left' },
    processes: { inArguments: true, inEnvironment: true },
    memory: {
      bytes: 10_000,
      held: true,
      neverMade: false,
      swappedKiB: 0,
      swapAreas: 0,
      coreLimits: ['0', 'unlimited'],
      corePattern: 'core',
    },
  },
  machine: {
    wrote,
    kernel: ['a', 'b'],
    started: [1, 2],
    ended: 'SIGTERM',
    homeFile: true,
    runFile: false,
    onDisk: given,
    kernelKey: { refused: null, kept: true },
  },
}
const lie = <K extends keyof Readings>(probe: K, change: Partial<Readings[K]>): Readings => ({
  ...honest,
  [probe]: { ...honest[probe], ...change },
})

const sees = <K extends keyof Readings['sight']>(what: K, change: Partial<Readings['sight'][K]>): Readings => ({
  ...honest,
  sight: { ...honest.sight, [what]: { ...honest.sight[what], ...change } },
})

const lies: readonly (readonly [facet: MachineFacet, how: string, readings: Readings])[] = [
  ['keyring-present', 'gives another value', lie('presence', { read: { value: 'other' } })],
  ['keyring-locks', 'gives the item while locked', lie('lock', { whileLocked: given })],
  ['keyring-locks', 'refuses for another reason', lie('lock', { whileLocked: { error: 'NoReply' } })],
  [
    'keyring-locks',
    'hides the item and says it is open',
    lie('lock', { saidLocked: false, whileLocked: { error: 'UnknownObject' } }),
  ],
  ['keyring-locks', 'lost the item', lie('lock', { afterUnlock: { error: 'UnknownMethod' } })],
  ['no-prompter', 'answers the prompt', lie('prompt', { became: 'answered' })],
  ['no-prompter', 'leaves the prompt open', lie('prompt', { became: 'pending' })],
  ['no-prompter', 'unlocks at a dismissed prompt', lie('prompt', { stillLocked: false })],
  ['keyring-restart', 'keeps the daemon', lie('restart', { after: 8, ended: false })],
  ['keyring-restart', 'starts a second daemon beside the first', lie('restart', { ended: false })],
  ['keyring-restart', 'keeps what was only in memory', lie('restart', { inMemory: given })],
  ['keyring-absent', 'still answers', lie('absence', { error: null })],
  ['keyring-absent', 'is activated again', lie('absence', { daemon: 12 })],
  ['counted-items', "does not see a stranger's item", lie('count', { withStrangers: 1 })],
  ['counted-items', 'sees nothing', lie('count', { ours: null })],
  ['counted-items', 'does not see reads', lie('count', { reads: 0 })],
  ['seen-attributes', 'hides labels', lie('count', { shown: false })],
  ['keyring-wiped', 'leaves an item of a stranger', lie('wipe', { after: 1 })],
  ['keyring-wiped', 'still gives the item', lie('wipe', { read: given })],
  ['keyring-wiped', 'had nothing to wipe', lie('wipe', { before: 0 })],
  ['keyring-wiped', 'cannot see', lie('wipe', { after: null })],
  ['reachable-files', 'damages nothing', lie('files', { damaged: wrote })],
  ['reachable-files', 'loses the file in place of damaging it', lie('files', { damaged: null })],
  ['reachable-files', 'removes nothing', lie('files', { removed: wrote })],
  ['reachable-files', 'does not put the copy back', lie('files', { putBack: null })],
  ['reachable-files', 'puts back what was damaged', lie('files', { putBack: 'qrobe' })],
  ['wrong-password-refused', 'opens to a wrong password', lie('password', { lockedAfter: false })],
  ['wrong-password-refused', 'was never locked', lie('password', { lockedBefore: false })],
  ['played-prompter', 'dismisses what is to be left alone', lie('prompter', { never: 'dismissed' })],
  ['played-prompter', 'answers what is to be dismissed', lie('prompter', { dismisses: 'answered' })],
  ['played-prompter', 'never shows a prompt', lie('prompter', { shown: 0 })],
  ['home-protected', 'lets a file be made', lie('home', { whileProtected: true })],
  ['disk-filled', 'has room all the time', lie('disk', { whileFull: null })],
  ['disk-filled', 'refuses for another reason', lie('disk', { whileFull: 'cat: Permission denied' })],
  ['disk-filled', 'stays full', lie('disk', { afterwards: 'No space left on device' })],
  ['home-protected', 'stays read-only', lie('home', { afterwards: false })],
  ['bus-stopped', 'keeps the bus', lie('bus', { after: true })],
  ['bus-stopped', 'had no bus', lie('bus', { before: false })],
  ['process-death', 'lets the process live', lie('death', { after: true })],
  ['process-death', 'let it end by itself', lie('death', { ended: '0' })],
  ['process-death', 'never had it', lie('death', { before: false })],
  ['captured-output', 'loses the last lines', lie('output', { onOutput: 9 })],
  ['captured-output', 'loses standard error', lie('output', { onErrors: 0 })],
  ['searched-files', 'does not find a file', lie('output', { fileFound: false })],
  ['file-modes', 'does not see a file', sees('files', { count: 3 })],
  ['file-modes', 'takes an open file for closed', sees('files', { byUmask: null })],
  ['file-modes', 'takes a closed file for open', sees('files', { own: 'left' })],
  ['file-modes', 'sees a file only when it was closed', sees('files', { late: null })],
  ['file-modes', 'does not look into the temporary folders', sees('files', { temporary: null })],
  ['seen-processes', 'hides arguments', sees('processes', { inArguments: false })],
  ['seen-processes', 'hides environments', sees('processes', { inEnvironment: false })],
  ['readable-memory', 'shows other memory', sees('memory', { held: false })],
  ['readable-memory', 'finds whatever it looks for', sees('memory', { neverMade: true })],
  ['machine-restart', 'did not restart', lie('machine', { started: [1, 1] })],
  ['machine-restart', 'kept the run folder', lie('machine', { runFile: true })],
  ['machine-restart', 'lost the disk', lie('machine', { homeFile: false })],
  ['kernel-keyring-kept', 'lost the key', lie('machine', { kernelKey: { refused: null, kept: false } })],
  ['kernel-reboot', 'kept the kernel', lie('machine', { kernel: ['a', 'a'] })],
]

describe('an environment that lies', () => {
  test.each(lies)('%s: %s', (facet, _, readings) => {
    expect(judgeReadings(honest)[facet].is).toBe('proven')
    expect(judgeReadings(readings)[facet].is).toBe('disproven')
  })

  test('each lie costs only its own facet', () => {
    for (const [facet, , readings] of lies) {
      const lost = (Object.keys(machineFacets) as MachineFacet[]).filter(
        (name) => judgeReadings(readings)[name].is !== judgeReadings(honest)[name].is,
      )
      expect(lost).toEqual([facet])
    }
  })
})

test('a probe that could not be carried out proves nothing and says why', () => {
  const facets = judgeReadings({ ...honest, count: { failed: 'no answer' } })
  expect(facets['counted-items']).toEqual({
    is: 'unproven',
    why: 'the probe could not be carried out: no answer',
  })
})

test('memory that nobody may read is not searched, and that is no finding', () => {
  const facet = judgeReadings(sees('memory', { bytes: null, held: false }))['readable-memory']
  expect(facet.is).toBe('unproven')
})

test('whether memory may come to a disk is told', () => {
  const told = (change: Partial<Readings['sight']['memory']>) => {
    const facet = judgeReadings(sees('memory', change))['readable-memory']
    return facet.is === 'proven' ? facet.evidence : facet.is
  }
  expect(told({})).toContain('nothing is swapped; core dumps of 0 bytes (at most unlimited) go to core')
  expect(told({ swapAreas: 1, swappedKiB: 8 })).toContain('1 swap areas, with 8 KiB of it')
})

test('what a container cannot do is never proven', () => {
  const facets = judgeReadings(honest)
  expect([facets['power-cut'].is, facets['ordered-effects'].is]).toEqual(['unproven', 'disproven'])
})
