import type { Control } from '../../../harness/contract/controls.ts'
import { accessControlFlags, type LAError, type LAPolicy } from '../../../harness/contract/platforms/ios.ts'
import { settling } from '../../simulation/settling.ts'
import { bench, itemKinds, type MatrixOptions, query } from './matrix-bench.ts'
import { iosProfileNames } from './profiles.ts'
import { renderTable, type Table } from './table.ts'

/* The truth tables of docs/platforms.md: what the simulation does, asked of it through what an app may call. */

/** Reading an item after each event, by kind of item. Where a second read says something else, both are told. */
export const readingMatrix = async (options: MatrixOptions = {}): Promise<Table> => {
  const { fresh, act, add, read, happenings } = bench(options)
  const rows: string[][] = []
  for (const { name, before, after } of happenings) {
    const cells = [name]
    for (const kind of itemKinds) {
      await fresh(before)
      await add(kind)
      for (const control of after) await act(control)
      const [first, second] = [await read(), await read()]
      cells.push(first === second ? first : `${first}, then ${second}`)
    }
    rows.push(cells)
  }
  return {
    title: 'Reading an item (`SecItemCopyMatching`)',
    columns: ['event', ...itemKinds.map(({ name }) => name)],
    rows,
  }
}

/** Adding an item in each state of the phone, by kind of item; the last row adds it twice. */
export const addingMatrix = async (options: MatrixOptions = {}): Promise<Table> => {
  const { fresh, add } = bench(options)
  const states: readonly (readonly [name: string, controls: readonly Control[]])[] = [
    ['a passcode and one enrolled', []],
    ['nothing enrolled', [{ control: 'unenrol', which: 'all' }]],
    ['locked out', [{ control: 'lock-out', how: 'permanent' }]],
    ['no passcode', [{ control: 'remove-screen-lock' }]],
    ['screen locked', [{ control: 'lock-screen' }]],
    ['restarted, not unlocked', [{ control: 'reboot', unlocked: false }]],
  ]
  const rows: string[][] = []
  for (const [name, controls] of states) {
    const cells = [name]
    for (const kind of itemKinds) {
      await fresh(controls)
      cells.push(await add(kind))
    }
    rows.push(cells)
  }
  const twice = ['the item is there']
  for (const kind of itemKinds) {
    await fresh()
    await add(kind)
    twice.push(await add(kind))
  }
  return {
    title: 'Adding an item (`SecItemAdd`)',
    columns: ['state', ...itemKinds.map(({ name }) => name)],
    rows: [...rows, twice],
  }
}

const withBiometrics: LAPolicy = 'deviceOwnerAuthenticationWithBiometrics'
const ofOwner: LAPolicy = 'deviceOwnerAuthentication'
const told = (error: LAError | null): string => (error === null ? 'given' : String(error.code))

/** What LocalAuthentication says after each event. */
export const contextMatrix = async (options: MatrixOptions = {}): Promise<Table> => {
  const { app, fresh, act, answered, happenings } = bench(options)
  const state = async (): Promise<string> => {
    const context = app().laContext()
    await settling(context.canEvaluatePolicy(withBiometrics))
    return context.evaluatedPolicyDomainState?.join() ?? 'none'
  }
  const yes = (cell: string) => (cell === 'given' ? 'yes' : cell)
  const rows: string[][] = []
  for (const { name, before, after } of happenings) {
    await fresh(before)
    const first = await state()
    for (const control of after) await act(control)
    const second = await state()
    const can = async (policy: LAPolicy) => yes(await answered(app().laContext().canEvaluatePolicy(policy), told))
    const biometrics = [await can(withBiometrics), await can(ofOwner)]
    const evaluated = await answered(app().laContext().evaluatePolicy(withBiometrics, 'matrix'), told)
    const owner = await answered(app().laContext().evaluatePolicy(ofOwner, 'matrix'), told)
    rows.push([
      name,
      ...biometrics,
      evaluated,
      owner,
      second === 'none' ? 'none' : second === first ? 'the same' : 'another',
    ])
  }
  return {
    title: 'LocalAuthentication',
    columns: ['event', 'can: biometrics', 'can: owner', 'evaluate: biometrics', 'evaluate: owner', 'domain state'],
    rows,
  }
}

/** What is heard of a prompt, by what the person does and who asked. */
export const promptMatrix = async (options: MatrixOptions = {}): Promise<Table> => {
  const { device, app, fresh, add } = bench(options)
  const wrong: Control = { control: 'touch', finger: 'wrong' }
  const acts: readonly (readonly [name: string, controls: readonly Control[]])[] = [
    ['a right touch', [{ control: 'touch', finger: 'right' }]],
    ['a wrong touch, then a right one', [wrong, { control: 'touch', finger: 'right' }]],
    ['two wrong touches', [wrong, wrong]],
    ['three wrong touches', [wrong, wrong, wrong]],
    ['dismissed', [{ control: 'cancel-prompt', by: 'dismissal' }]],
    ['the other button', [{ control: 'cancel-prompt', by: 'button' }]],
    ['the other button after a miss', [wrong, { control: 'cancel-prompt', by: 'button' }]],
    ['left alone', [{ control: 'time-out-prompt' }]],
    ['the app is left', [{ control: 'leave-app' }]],
    ['the screen is locked', [{ control: 'lock-screen' }]],
    ['settings are opened', [{ control: 'change-screen-lock', old: 'proven' }]],
    ['a match is forged', [{ control: 'forge-match' }]],
  ]
  const askers: readonly (readonly [name: string, ask: () => Promise<unknown>])[] = [
    ['LAContext, biometrics', async () => told(await app().laContext().evaluatePolicy(withBiometrics, 'matrix'))],
    ['LAContext, owner', async () => told(await app().laContext().evaluatePolicy(ofOwner, 'matrix'))],
    [
      'item for any biometry',
      async () => {
        const { status } = await app().keychain.copyMatching({ ...query, returnData: true })
        return status === 0 ? 'given' : String(status)
      },
    ],
  ]
  const anyBiometry = itemKinds.find(({ flags }) => flags === accessControlFlags.biometryAny)
  const rows: string[][] = []
  for (const [name, controls] of acts) {
    const cells = [name]
    for (const [, ask] of askers) {
      await fresh()
      if (anyBiometry !== undefined) await add(anyBiometry)
      const call = ask()
      // A control that means nothing here is skipped, and what is up stays up.
      for (const control of controls) await device.apply(control)
      const seen = await settling(call)
      cells.push(seen.is === 'answered' ? String(seen.value) : 'still asks')
    }
    rows.push(cells)
  }
  return { title: 'How a prompt ends', columns: ['what happens', ...askers.map(([name]) => name)], rows }
}

/** The rows of the reading table that are other than on the default phone, for each profile and for the simulator. */
export const differences = async (): Promise<Table> => {
  const base = await readingMatrix()
  const kinds: readonly (readonly [string, MatrixOptions])[] = [
    ...iosProfileNames.filter((name) => name !== 'ios-18').map((name) => [name, { profile: name }] as const),
    ['simulator', { enforcesAccessControl: false }],
  ]
  const rows: string[][] = []
  for (const [name, options] of kinds) {
    const other = await readingMatrix(options)
    for (const [at, row] of other.rows.entries()) if (row.join() !== base.rows[at]?.join()) rows.push([name, ...row])
  }
  return { title: 'Where other phones differ', columns: ['phone', ...base.columns], rows }
}

/** All tables. */
export const iosTables = async (): Promise<readonly Table[]> => [
  await readingMatrix(),
  await addingMatrix(),
  await contextMatrix(),
  await promptMatrix(),
  await differences(),
]

/** All tables as the pages show them, each under its title. */
export const renderIosTables = async (): Promise<string> =>
  (await iosTables()).map((table) => `**${table.title}**\n\n${renderTable(table)}`).join('\n\n')

/** What the words in their cells mean. */
export const iosTableWords: Readonly<Record<string, string>> = {
  asks: 'a prompt came up, the person was recognised, and the item was given',
  given: 'it was given, and nobody was asked',
  kept: 'it was added, and nobody was asked',
  'still asks': 'the prompt is up',
  '-25300': 'errSecItemNotFound',
  '-25293': 'errSecAuthFailed',
  '-25299': 'errSecDuplicateItem',
  '-25308': 'errSecInteractionNotAllowed',
  '-26275': 'errSecDecode',
  '-128': 'errSecUserCanceled',
  '-1 to -9, -1004': 'codes of LAError',
}
