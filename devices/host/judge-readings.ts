import type { FacetState, MachineFacet } from '../../harness/contract/environment.ts'
import type { KeyringReadings, OwnKeyringReadings, Readings, SecretRead, SightReadings } from './readings.ts'

type Clause = readonly [holds: boolean, otherwise: string]
const told = (read: SecretRead) => ('error' in read ? read.error : 'a value')
/** What a bus says of a name that nobody has, and that it could not or may not start. */
const isAbsence = (error: string) => error.endsWith('.ServiceUnknown') || error.endsWith('.NameHasNoOwner')
const unproven = (why: string): FacetState => ({ is: 'unproven', why })

/** Every clause must hold; the first that does not is the evidence against. */
function all(evidence: string, clauses: readonly Clause[]): FacetState {
  const broken = clauses.find(([holds]) => !holds)
  return broken === undefined ? { is: 'proven', evidence } : { is: 'disproven', evidence: broken[1] }
}

/** Says what this machine is, from what our probes saw. Pure, so that an environment that lies is a row of a test. */
export function judgeReadings({ death, output, keyring, sight }: Readings): Record<MachineFacet, FacetState> {
  return {
    'process-death': all('a process of ours answered, was killed and is gone', [
      [death.answered, 'the process to be killed never answered'],
      [death.ended === 'SIGKILL', `the process ended by ${death.ended}, not by SIGKILL`],
      [!death.there, 'the process was still there after the kill'],
    ]),
    'captured-output': all(`${output.lines} lines on each output of a process of ours were all seen`, [
      [output.onOutput === output.lines, `of ${output.lines} lines on standard output ${output.onOutput} were seen`],
      [output.onErrors === output.lines, `of ${output.lines} lines on standard error ${output.onErrors} were seen`],
    ]),
    'machine-restart': unproven('this device does not restart the machine it runs on'),
    'kernel-reboot': unproven('this device does not restart the machine it runs on'),
    'kernel-keyring-kept': unproven('this device does not restart the machine it runs on'),
    'power-cut': unproven('this device does not cut the power'),
    'searched-files': unproven(
      'only the folder that is given to the vault is searched here, and it may write elsewhere',
    ),
    'reachable-files': unproven('this device does not know which files are the vault’s'),
    'keyring-wiped': unproven('this device removes no items of a vault from the keyring'),
    'keyring-prompts': unproven('this device plays no person in front of a prompt'),
    'keyring-copies': unproven('this device adds no copies of items to the keyring'),
    'keyring-swapped': unproven('this device has one keyring provider'),
    'login-opens-keyring': unproven('this device leaves the session that it is started in as it is'),
    'wrong-password-refused': unproven('this device knows no way to offer the keyring a password'),
    'played-prompter': unproven('this device plays no person in front of a prompt'),
    'confirming-person': unproven('this device plays no person in front of a prompt'),
    'bus-stopped': unproven('this device leaves the session bus alone'),
    'home-protected': unproven('this device leaves the home folder alone'),
    'disk-filled': unproven('this device fills no disk of this machine'),
    'several-processes': unproven('this device starts one process of a vault at a time'),
    'app-updates': unproven('this device installs no other release of a vault'),
    'observed-kdf': unproven('a real process derives its keys by itself'),
    'ordered-effects': unproven('on a real machine effects complete as they do'),
    ...('none' in sight ? withoutSight(sight.none) : withSight(sight)),
    ...('none' in keyring ? withoutKeyring(keyring.none) : withKeyring(keyring)),
  }
}

type SightFacet = 'file-modes' | 'seen-processes' | 'readable-memory'

const withoutSight = (why: string): Record<SightFacet, FacetState> => ({
  'file-modes': unproven(why),
  'seen-processes': unproven(why),
  'readable-memory': unproven(why),
})

const withSight = ({ files, processes, memory }: SightReadings): Record<SightFacet, FacetState> => ({
  'file-modes': all('of three files of ours one was seen left open, one made open and closed later, one never open', [
    [files.count === 3, `of 3 files of ours ${files.count} were seen`],
    [files.byUmask === 'left', 'a file that is made without a mode is not seen to be open to others here'],
    [files.own === null, 'a file that was made with mode 0600 was taken for open'],
    [files.late === 'born', 'a file that was made open and closed a little later was not seen open'],
  ]),
  'seen-processes': all('the arguments and the environment of a process that a process of ours started were seen', [
    [processes.inArguments, 'the arguments of a process that a process of ours started were not seen'],
    [processes.inEnvironment, 'the environment of a process that a process of ours started was not seen'],
  ]),
  'readable-memory': all(`what a process of ours held was found in ${memory.bytes} bytes of its memory`, [
    [memory.held, 'what a process of ours held was not found in its memory'],
    [!memory.neverMade, 'what no process ever made was found in the memory of one'],
  ]),
})

type KeyringFacet =
  | 'keyring-present'
  | 'keyring-locks'
  | 'keyring-absent'
  | 'keyring-restart'
  | 'no-prompter'
  | 'counted-items'
  | 'seen-attributes'

function withoutKeyring(why: string): Record<KeyringFacet, FacetState> {
  return {
    'keyring-present': { is: 'disproven', evidence: why },
    'keyring-locks': unproven(why),
    'keyring-absent': unproven(why),
    'keyring-restart': unproven(why),
    'no-prompter': unproven(why),
    'counted-items': unproven(why),
    'seen-attributes': unproven(why),
  }
}

function withKeyring({ wrote, read, count, shown, ours }: KeyringReadings): Record<KeyringFacet, FacetState> {
  const present = all('an item of ours was kept over D-Bus and came back the same', [
    ['value' in read && read.value === wrote, `an item of ours was kept, and reading it gave ${told(read)}`],
  ])
  const counts: readonly Clause[] = [
    [count.before === 0, `counted ${count.before} items under a fresh prefix`],
    [count.during === 1, `counted ${count.during} items after keeping one`],
    [count.swept === 0, `counted ${count.swept} items after sweeping`],
  ]
  const attributes = all('the label and an attribute of an item of ours were seen', [
    [shown.label, 'the label of an item of ours was not seen'],
    [shown.attribute, 'an attribute of an item of ours was not seen'],
  ])
  const both = { 'keyring-present': present, 'seen-attributes': attributes }
  if (ours !== null) return { ...both, ...withOwnKeyring(wrote, ours, counts) }
  const why = 'this keyring is a person’s: it is neither locked nor stopped for a probe'
  return {
    ...withoutKeyring(why),
    ...both,
    'counted-items': unproven('reads of secrets are not watched on a person’s bus'),
  }
}

function withOwnKeyring(
  wrote: string,
  ours: OwnKeyringReadings,
  counts: readonly Clause[],
): Record<Exclude<KeyringFacet, 'keyring-present' | 'seen-attributes'>, FacetState> {
  const { readsCounted, whileLocked, prompt, lockedAfterPrompt, afterUnlock, restart, absent, afterStart } = ours
  const same = (seen: SecretRead) => 'value' in seen && seen.value === wrote
  return {
    'keyring-locks': all(`an item was refused while locked (${told(whileLocked)}) and given after unlocking`, [
      ['error' in whileLocked, 'the item was given while the keyring was locked'],
      [told(whileLocked).endsWith('.IsLocked'), `it was refused, but not for being locked: ${told(whileLocked)}`],
      [same(afterUnlock), `it was not given after unlocking: ${told(afterUnlock)}`],
    ]),
    'no-prompter': all(`an unlock prompt was ${prompt} by nobody, and the keyring stayed locked`, [
      [prompt === 'dismissed', `an unlock prompt was ${prompt}`],
      [lockedAfterPrompt, 'the keyring was open after a prompt that nobody answered'],
    ]),
    'keyring-restart': all(`daemon ${restart.before} ended and ${restart.after} came; the item was kept`, [
      [!restart.there && restart.before !== restart.after, `daemon ${restart.before} is still there`],
      [same(restart.read), `the item was not given after the restart: ${told(restart.read)}`],
    ]),
    'keyring-absent': all(`a caller was told ${told(absent)}, and the item was there again after the start`, [
      ['error' in absent, 'the keyring still answered after it was taken away'],
      [isAbsence(told(absent)), `a caller was told ${told(absent)}, which is not absence`],
      [same(afterStart), `the item was not given after the keyring came back: ${told(afterStart)}`],
    ]),
    'counted-items': all('counted 0, 1 with an item of ours, 0 when swept; one read was counted as one', [
      ...counts,
      [readsCounted === 1, `counted ${readsCounted} reads of secrets while one was made`],
    ]),
  }
}
