import { expect, test } from 'vitest'
import {
  addingMatrix,
  contextMatrix,
  differences,
  iosTableWords,
  promptMatrix,
  readingMatrix,
  renderIosTables,
} from './matrix.ts'
import { itemKinds } from './matrix-bench.ts'
import { renderIosProfiles } from './profiles.ts'
import { renderTable } from './table.ts'

/* What the platform does, written down by hand from its documentation and from what was seen in the field. */

const kinds = itemKinds.map(({ name }) => name).join(' | ')
const table = (first: string, columns: string, rows: string): string =>
  [`| ${first} | ${columns} |`, ...rows.trim().split('\n')]
    .map((line) => line.trim())
    .toSpliced(1, 0, `|${' --- |'.repeat(columns.split(' | ').length + 1)}`)
    .join('\n')

test('reading an item after each event', async () => {
  expect(renderTable(await readingMatrix())).toBe(
    table(
      'event',
      kinds,
      `
      | nothing | asks | asks | asks | asks | asks | given | given | given |
      | one more enrolled | -25300 | -25300 | asks | asks | asks | given | given | given |
      | one of two removed | -25300 | -25300 | asks | asks | asks | given | given | given |
      | all removed | -25300 | -25300 | -25293 | asks | asks | given | given | given |
      | all removed, one enrolled | -25300 | -25300 | asks | asks | asks | given | given | given |
      | locked out | -25293 | -25293 | -25293 | asks | asks | given | given | given |
      | passcode changed | asks | asks | asks | asks | asks | given | given | given |
      | passcode reset | asks | asks | asks | asks | asks | given | given | given |
      | passcode removed | -25300 | -25300 | -25293 | -25293 | -25293 | -25300 | given | given |
      | passcode removed and set | -25300 | -25300 | asks | asks | asks | -25300 | given | given |
      | screen locked | -25308 | -25308 | -25308 | -25308 | -25308 | -25308 | -25308 | given |
      | restarted, not unlocked | -25308 | -25308 | -25308 | -25308 | -25308 | -25308 | -25308 | -25308 |
      | restarted and unlocked | asks | asks | asks | asks | asks | given | given | given |
      | app updated | asks | asks | asks | asks | asks | given | given | given |
      | system updated | asks | asks | asks | asks | asks | given | given | given |
      | installed anew | asks | asks | asks | asks | asks | given | given | given |
      | moved to another phone | -25300 | -25300 | -25300 | -25300 | -25300 | -25300 | given | given |
      `,
    ),
  )
})

test('adding an item in each state: never a prompt', async () => {
  expect(renderTable(await addingMatrix())).toBe(
    table(
      'state',
      kinds,
      `
      | a passcode and one enrolled | kept | kept | kept | kept | kept | kept | kept | kept |
      | nothing enrolled | -25293 | -25293 | -25293 | kept | kept | kept | kept | kept |
      | locked out | kept | kept | kept | kept | kept | kept | kept | kept |
      | no passcode | -26275 | -25293 | -25293 | -25293 | -25293 | -26275 | kept | kept |
      | screen locked | -25308 | -25308 | -25308 | -25308 | kept | -25308 | -25308 | kept |
      | restarted, not unlocked | -25308 | -25308 | -25308 | -25308 | -25308 | -25308 | -25308 | -25308 |
      | the item is there | -25299 | -25299 | -25299 | -25299 | -25299 | -25299 | -25299 | -25299 |
      `,
    ),
  )
})

test('LocalAuthentication after each event', async () => {
  expect(renderTable(await contextMatrix())).toBe(
    table(
      'event',
      'can: biometrics | can: owner | evaluate: biometrics | evaluate: owner | domain state',
      `
      | nothing | yes | yes | asks | asks | the same |
      | one more enrolled | yes | yes | asks | asks | another |
      | one of two removed | yes | yes | asks | asks | another |
      | all removed | -7 | yes | -7 | asks | none |
      | all removed, one enrolled | yes | yes | asks | asks | another |
      | locked out | -8 | yes | -8 | asks | none |
      | passcode changed | yes | yes | asks | asks | the same |
      | passcode reset | yes | yes | asks | asks | the same |
      | passcode removed | -5 | -5 | -5 | -5 | none |
      | passcode removed and set | yes | yes | asks | asks | another |
      | screen locked | yes | yes | -1004 | -1004 | the same |
      | restarted, not unlocked | yes | yes | -1004 | -1004 | the same |
      | restarted and unlocked | yes | yes | asks | asks | the same |
      | app updated | yes | yes | asks | asks | the same |
      | system updated | yes | yes | asks | asks | another |
      | installed anew | yes | yes | asks | asks | the same |
      | moved to another phone | yes | yes | asks | asks | another |
      `,
    ),
  )
})

test('how a prompt ends, for each who asks', async () => {
  expect(renderTable(await promptMatrix())).toBe(
    table(
      'what happens',
      'LAContext, biometrics | LAContext, owner | item for any biometry',
      `
      | a right touch | given | given | given |
      | a wrong touch, then a right one | given | given | given |
      | two wrong touches | still asks | still asks | still asks |
      | three wrong touches | -1 | still asks | -25293 |
      | dismissed | -2 | -2 | -128 |
      | the other button | still asks | still asks | still asks |
      | the other button after a miss | -3 | still asks | still asks |
      | left alone | -4 | -4 | -25293 |
      | the app is left | -4 | -4 | -25293 |
      | the screen is locked | -4 | -4 | -25293 |
      | settings are opened | -4 | -4 | -25293 |
      | a match is forged | given | given | -25293 |
      `,
    ),
  )
})

test('a phone with a face ends a prompt after two misses', async () => {
  const { rows } = await promptMatrix({ profile: 'ios-18-reset-face' })
  expect(rows.find(([name]) => name === 'two wrong touches')).toEqual([
    'two wrong touches',
    '-1',
    'still asks',
    '-25293',
  ])
})

test('other phones differ where their faults are, and nowhere else', async () => {
  const { rows } = await differences()
  const early = '-25308, then -25300'
  expect(rows.filter(([phone]) => phone !== 'simulator')).toEqual([
    ['ios-15-prewarm', 'restarted, not unlocked', ...itemKinds.map(() => early)],
    [
      'ios-18-reset-face',
      'all removed, one enrolled',
      ...['-25300', '-25300', '-25300', 'asks', 'asks', 'given', 'given', 'given'],
    ],
    [
      'ios-18-reset-face',
      'passcode removed and set',
      ...['-25300', '-25300', '-25300', 'asks', 'asks', '-25300', 'given', 'given'],
    ],
  ])
  const simulated = rows.filter(([phone]) => phone === 'simulator').flatMap((row) => row.slice(2))
  expect(simulated.filter((cell) => cell.includes('asks'))).toEqual([])
})

test('the simulator refuses to keep what needs a finger where none is enrolled', async () => {
  const { rows } = await addingMatrix({ enforcesAccessControl: false })
  expect(rows.find(([name]) => name === 'nothing enrolled')?.slice(1, 4)).toEqual(['-25293', '-25293', '-25293'])
})

test('all tables are made for the pages, and every status in them is explained', async () => {
  const page = await renderIosTables()
  expect(page.match(/^\*\*.*\*\*$/gm)).toEqual([
    '**Reading an item (`SecItemCopyMatching`)**',
    '**Adding an item (`SecItemAdd`)**',
    '**LocalAuthentication**',
    '**How a prompt ends**',
    '**Where other phones differ**',
  ])
  const statuses = new Set(page.match(/-\d{3,5}(?= )/g))
  expect([...statuses].filter((status) => !(status in iosTableWords) && status !== '-1004')).toEqual([])
})

test('each kind of iPhone says what it does, who saw it and what is not confirmed', () => {
  const rows = renderIosProfiles().split('\n')
  expect(rows).toHaveLength(5)
  expect(rows[2]).toMatch(/^\| `ios-18` \| iOS 18\.3 with Touch ID/)
  for (const row of rows.slice(2)) expect(row).toMatch(/\[[^\]]+\]\(https:\/\/[^)]+\) \| .+ \|$/)
})
