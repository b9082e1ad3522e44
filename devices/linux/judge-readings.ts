import type { FacetState, MachineFacet } from '../../harness/contract/environment.ts'
import type { AllReadings, Reading, Readings, SecretRead } from './readings.ts'

const proven = (evidence: string): FacetState => ({ is: 'proven', evidence })
const disproven = (evidence: string): FacetState => ({ is: 'disproven', evidence })
const gave = (read: SecretRead, wrote: string) => 'value' in read && read.value === wrote
const told = (read: SecretRead) => ('error' in read ? `error ${read.error}` : 'a value')

/** Whether memory may come to a disk. */
const toldOfDisk = ({ swappedKiB, swapAreas, coreLimits, corePattern }: Readings['sight']['memory']): string => {
  const swap = swapAreas === 0 ? 'nothing is swapped' : `${swapAreas} swap areas, with ${swappedKiB} KiB of it`
  return `${swap}; core dumps of ${coreLimits[0]} bytes (at most ${coreLimits[1]}) go to ${corePattern}`
}

/** Every clause must hold; the first that does not is the evidence against. */
const all = (evidence: string, clauses: readonly (readonly [holds: boolean, otherwise: string])[]): FacetState => {
  const broken = clauses.find(([holds]) => !holds)
  return broken === undefined ? proven(evidence) : disproven(broken[1])
}

const judge = <K extends keyof Readings>(reading: Reading<K>, say: (seen: Readings[K]) => FacetState): FacetState =>
  'failed' in reading ? { is: 'unproven', why: `the probe could not be carried out: ${reading.failed}` } : say(reading)

/** Says what an environment is, from what our probes saw there. Pure: an environment that lies is a test's table row. */
export const judgeReadings = (seen: AllReadings): Record<MachineFacet, FacetState> => ({
  'reachable-files': judge(seen.files, ({ wrote, damaged, removed, putBack }) =>
    all('a process left a file in the data folder; it was copied, damaged, removed and put back, as a process saw it', [
      [
        damaged !== null && damaged !== wrote,
        `after the damage the file held ${damaged === null ? 'nothing' : 'the same'}`,
      ],
      [removed === null, 'the file was still there after it was removed'],
      [
        putBack === wrote,
        `after the copy was put back the file held ${putBack === null ? 'nothing' : 'something else'}`,
      ],
    ]),
  ),
  'file-modes': judge(seen.sight, ({ files }) =>
    all(
      'of four files of ours two were seen left open, one of them in /tmp, one open and closed later, one never open',
      [
        [files.count === 4, `of 4 files of ours ${files.count} were seen`],
        [files.byUmask === 'left', 'a file that is made without a mode was not seen to be open to others'],
        [files.temporary === 'left', 'a temporary file that was left open to others was not seen'],
        [files.own === null, 'a file that was made with mode 0600 was taken for open'],
        [files.late === 'born', 'a file that was made open and closed a little later was not seen open'],
      ],
    ),
  ),
  'seen-processes': judge(seen.sight, ({ processes }) =>
    all('the arguments and the environment of a process that a process of ours started were seen', [
      [processes.inArguments, 'the arguments of a process that a process of ours started were not seen'],
      [processes.inEnvironment, 'the environment of a process that a process of ours started was not seen'],
    ]),
  ),
  'readable-memory': judge(seen.sight, ({ memory }) => {
    if (memory.bytes === null)
      return { is: 'unproven', why: 'a process may not read the memory of another of the same user (ptrace_scope?)' }
    return all(`what a process of ours held was found in ${memory.bytes} bytes of its memory; ${toldOfDisk(memory)}`, [
      [memory.held, 'what a process of ours held was not found in its memory'],
      [!memory.neverMade, 'what no process ever made was found in the memory of one'],
    ])
  }),
  'several-processes': { is: 'unproven', why: 'this device starts one process of a vault at a time' },
  'app-updates': { is: 'unproven', why: 'this device installs no other release of a vault' },
  'observed-kdf': { is: 'unproven', why: 'a real process derives its keys by itself' },
  'keyring-present': judge(seen.presence, ({ wrote, read }) =>
    all('an item of ours was stored over D-Bus and came back the same', [
      [gave(read, wrote), `an item of ours was stored, and reading it gave ${told(read)} other than what was written`],
    ]),
  ),
  'keyring-locks': judge(seen.lock, ({ wrote, saidLocked, whileLocked, afterUnlock }) =>
    all(`the same item was refused while locked (${told(whileLocked)}) and given after unlocking`, [
      ['error' in whileLocked, 'the item was given while the keyring was locked'],
      [saidLocked, 'the keyring did not say that it is locked'],
      [
        // KeePassXC takes the items of a locked database off the bus.
        'error' in whileLocked && /\.(IsLocked|UnknownObject)$/.test(whileLocked.error),
        `it was refused, but not for being locked: ${told(whileLocked)}`,
      ],
      [gave(afterUnlock, wrote), `it was not given again after unlocking: ${told(afterUnlock)}`],
    ]),
  ),
  'keyring-prompts': { is: 'unproven', why: 'this device has no screen, and plays no person in front of a prompt' },
  'confirming-person': { is: 'unproven', why: 'this device has no screen, and plays no person in front of a prompt' },
  'keyring-copies': { is: 'unproven', why: 'this device adds no copies of items to the keyring' },
  'keyring-swapped': { is: 'unproven', why: 'this device has one keyring provider' },
  'keyring-wiped': judge(seen.wipe, ({ before, after, read }) =>
    all(`two items were stored, by two clients; after the wipe there were none, and reading one gave ${told(read)}`, [
      [before === 2, `counted ${before} items after storing two`],
      [after === 0, `counted ${after} items after the wipe`],
      ['error' in read, 'an item could still be read after the wipe'],
    ]),
  ),
  'no-prompter': judge(seen.prompt, ({ became, stillLocked, waitedSeconds }) =>
    all(`an unlock prompt was asked for; it was ${became} by nobody, and the keyring stayed locked`, [
      [became !== 'none', 'asking to unlock a locked keyring gave no prompt at all'],
      [became !== 'answered', 'somebody answered the unlock prompt'],
      [became !== 'pending', `an unlock prompt was still open after ${waitedSeconds} s: somebody may answer it`],
      [stillLocked, 'the keyring was open after a prompt that nobody answered'],
    ]),
  ),
  'keyring-restart': judge(seen.restart, ({ wrote, before, after, ended, inMemory, onDisk }) =>
    all(
      `daemon ${before} ended and ${after} came; ${inMemory === null ? '' : 'an item in its memory was lost, '}one on disk was kept`,
      [
        [before !== null && after !== null, `daemon before: ${before}, after: ${after}`],
        [ended && before !== after, `daemon ${before} is still there after the restart`],
        [
          inMemory === null || !gave(inMemory, wrote),
          'an item that lived only in the old daemon was still there: it never ended',
        ],
        [gave(onDisk, wrote), `an item on disk was not given after the restart: ${told(onDisk)}`],
      ],
    ),
  ),
  'keyring-absent': judge(seen.absence, ({ wrote, error, daemon, afterStart }) =>
    all(`a caller was told ${error}, no daemon came back by itself, and the item was there again after the start`, [
      [error !== null, 'the service still answered after it was taken away'],
      [daemon === null, `the call brought a daemon back (process ${daemon})`],
      [gave(afterStart, wrote), `the item was not given after the service came back: ${told(afterStart)}`],
    ]),
  ),
  'counted-items': judge(seen.count, ({ none, ours, withStrangers, swept, reads }) =>
    all('counted 0, 1 with an item of ours, 2 with one by secret-tool, 0 when swept; one read was counted as one', [
      [none === 0, `counted ${none} items under a fresh prefix`],
      [ours === 1, `counted ${ours} items after storing one`],
      [withStrangers === 2, `counted ${withStrangers} items after secret-tool stored a second one`],
      [swept === 0, `counted ${swept} items after sweeping`],
      [reads === 1, `counted ${reads} reads of secrets while secret-tool made one`],
    ]),
  ),
  'seen-attributes': judge(seen.count, ({ shown }) =>
    all('the labels and attributes of an item of ours and of one by secret-tool were seen', [
      [shown, 'the label or the attributes of an item were not seen'],
    ]),
  ),
  'wrong-password-refused': judge(seen.password, ({ lockedBefore, lockedAfter }) =>
    all('a wrong password was tried on a locked keyring, and it stayed locked', [
      [lockedBefore, 'the keyring was not locked when the wrong password was tried'],
      [lockedAfter, 'the wrong password opened the keyring'],
    ]),
  ),
  'played-prompter': judge(seen.prompter, ({ dismisses, never, shown }) =>
    all('a prompt was dismissed, and another was left without an answer, both shown to a prompter of ours', [
      [dismisses === 'dismissed', `a prompt that was to be dismissed was ${dismisses}`],
      [never === 'pending', `a prompt that was to be left alone was ${never}`],
      [shown > 0, 'our prompter was never asked'],
    ]),
  ),
  'home-protected': judge(seen.home, ({ whileProtected, afterwards }) =>
    all('a process could make no file in the home while it was read-only, and could afterwards', [
      [!whileProtected, 'a process made a file in a home that was to be read-only'],
      [afterwards, 'a process could make no file in the home after it was writable again'],
    ]),
  ),
  'disk-filled': judge(seen.disk, ({ whileFull, afterwards }) =>
    all('a process that wrote a file in the home was told that there is no room, and could write it afterwards', [
      [whileFull !== null, 'a process wrote a file on a disk that was to be full'],
      [
        whileFull?.includes('No space left') === true,
        `a write on the full disk was refused, and not for its room: ${whileFull}`,
      ],
      [afterwards === null, `a process could write no file after the disk had room again: ${afterwards}`],
    ]),
  ),
  'bus-stopped': judge(seen.bus, ({ before, after }) =>
    all('a client of the session bus was answered before its end and by nobody afterwards', [
      [before, 'nobody answered on the session bus to begin with'],
      [!after, 'the session bus still answered after its end'],
    ]),
  ),
  'process-death': judge(seen.death, ({ echoed, before, after, ended }) =>
    all(`a process of ours answered, was killed, ended by ${ended} and is in no process table`, [
      [echoed && before, 'the process to be killed was not there to begin with'],
      [!after, 'the process was still there after the kill'],
      [ended === 'SIGKILL', `the process ended by ${ended}, not by SIGKILL`],
    ]),
  ),
  'captured-output': judge(seen.output, ({ lines, onOutput, onErrors }) =>
    all(`${lines} lines on each output of a process that then ended were all seen`, [
      [onOutput === lines, `of ${lines} lines on standard output ${onOutput} were seen`],
      [onErrors === lines, `of ${lines} lines on standard error ${onErrors} were seen`],
    ]),
  ),
  'searched-files': judge(seen.output, ({ fileFound }) =>
    all('a file that a process of ours left in its home was found, as in each place that it can write to', [
      [fileFound, 'a file that a process of ours wrote in its home was not found'],
    ]),
  ),
  'machine-restart': judge(seen.machine, ({ wrote, started, ended, homeFile, runFile, onDisk }) =>
    all('the first process is a new one, a running process ended, /run was emptied, home and keyring item were kept', [
      [started[0] !== started[1], 'the first process is still the old one'],
      [ended !== '0', 'a process that was to be ended by the restart had ended by itself'],
      [!runFile, 'a file in the run folder outlived the restart'],
      [homeFile, 'a file in the home folder was lost'],
      [gave(onDisk, wrote), `an item in the keyring was not given after the restart: ${told(onDisk)}`],
    ]),
  ),
  'kernel-reboot': judge(seen.machine, ({ kernel }) =>
    kernel[0] === kernel[1]
      ? disproven(`the kernel's boot id is the same before and after a restart: ${kernel[0].slice(0, 8)}`)
      : proven(`the kernel's boot id changed: ${kernel[0].slice(0, 8)}, then ${kernel[1].slice(0, 8)}`),
  ),
  'kernel-keyring-kept': judge(seen.machine, ({ kernelKey: { refused, kept } }) => {
    if (refused !== null) return { is: 'unproven', why: `no key could be put into the kernel's keyring: ${refused}` }
    return kept
      ? proven("a key that was put into the kernel's keyring was there after a restart")
      : disproven("a key that was put into the kernel's keyring was gone after a restart")
  }),
  'login-opens-keyring': {
    is: 'unproven',
    why: 'nobody logs in by PAM here: what opens the session gives the keyring its password',
  },
  'power-cut': {
    is: 'unproven',
    why: "a container writes through its host's kernel, which keeps unsynced data: no power is cut here",
  },
  'ordered-effects': disproven('processes and daemons complete their work in an order of their own'),
})
