import { expect, test } from 'vitest'
import {
  type HappeningName,
  type KeyClass,
  keyClasses,
  type Matrix,
  matrix,
  matrixWords,
  renderMatrix,
} from './matrix.ts'
import { type AndroidProfile, profiles } from './profiles.ts'

/** Event by key class, as read from the sources of Android; where they leave it open, what this profile chose. */
const expected = `
nothing                                             | prompt | prompt                     | prompt       | authenticate   | works | works
another finger is enrolled                          | KPIE   | prompt                     | prompt       | authenticate   | works | works
one of two fingers is removed                       | prompt | prompt                     | prompt       | authenticate   | works | works
all fingers are removed                             | KPIE   | prompt (nobody can answer) | prompt (PIN) | authenticate   | works | works
all fingers are removed, and one is enrolled again  | KPIE   | prompt                     | prompt       | authenticate   | works | works
a strong face is enrolled                           | KPIE   | prompt                     | prompt       | authenticate   | works | works
a weak face is enrolled                             | prompt | prompt                     | prompt       | authenticate   | works | works
the PIN is changed by who knows it                  | prompt | prompt                     | prompt       | authenticate   | works | works
the PIN is forced by an administrator               | no key | no key                     | no key       | no key         | works | works
the screen lock is removed                          | no key | no key                     | no key       | no key         | works | works
the phone restarts and is not unlocked              | locked | locked                     | locked       | locked         | works | locked
the phone restarts and is unlocked                  | prompt | prompt                     | prompt       | works for 30 s | works | works`

const cellsOf = (table: string) =>
  table
    .trim()
    .split('\n')
    .map((line) =>
      line
        .replace(/^\||\|$/g, '')
        .split('|')
        .map((cell) => cell.trim()),
    )

test('the table of android-34 is the one that the sources give, cell by cell', async () => {
  expect(cellsOf(renderMatrix(await matrix())).slice(2)).toEqual(cellsOf(expected))
})

/** Where a profile differs from android-34: `happening / kind of key`, without what it cannot do at all. */
const differences = async (profile: AndroidProfile): Promise<Record<string, string>> => {
  const usual = await matrix()
  const other = await matrix(profile)
  const cell = ({ cells }: Matrix, name: HappeningName, kind: KeyClass) => cells.get(name)?.get(kind)
  return Object.fromEntries(
    [...other.cells.keys()].flatMap((name) =>
      (Object.keys(keyClasses) as KeyClass[])
        .filter((kind) => cell(other, name, kind) !== cell(usual, name, kind))
        .filter((kind) => cell(other, name, kind) !== 'cannot be made')
        .map((kind) => [`${name} / ${kind}`, cell(other, name, kind) ?? '']),
    ),
  )
}
const lockIsGone = (word: string, kinds: readonly string[]) =>
  Object.fromEntries(
    ['the PIN is forced by an administrator', 'the screen lock is removed'].flatMap((name) =>
      kinds.map((kind) => [`${name} / ${kind}`, word]),
    ),
  )
const [bound, loose, both, pin, nobody, unlocked] = Object.keys(keyClasses) as [
  string,
  string,
  string,
  string,
  string,
  string,
]

test.each<[AndroidProfile, Record<string, string>]>([
  ['android-34', {}],
  ['android-30', lockIsGone('UnrecoverableKey', [bound, loose, both, pin])],
  ['android-28', lockIsGone('KPIE', [bound, loose, pin])],
  ['android-q1-removed-finger', {}],
  [
    'android-q2-late-invalidation',
    {
      ...lockIsGone('KPIE', [bound, loose, pin]),
      [`another finger is enrolled / ${bound}`]: 'prompt',
      [`all fingers are removed / ${bound}`]: 'prompt (nobody can answer)',
      [`all fingers are removed, and one is enrolled again / ${bound}`]: 'prompt',
    },
  ],
  ['android-q3-update-breaks-keys', {}],
  ['android-q4-unlocked-device-keys', { [`the screen lock is removed / ${unlocked}`]: 'no key' }],
  [
    'android-q5-screen-lock-wipes',
    {
      ...lockIsGone('no key', [nobody]),
      ...Object.fromEntries(
        [bound, loose, pin, nobody].map((kind) => [`the PIN is changed by who knows it / ${kind}`, 'no key']),
      ),
    },
  ],
  [
    'android-q6-enrolment-unnoticed',
    {
      ...lockIsGone('UnrecoverableKey', [bound, loose, both, pin]),
      [`another finger is enrolled / ${bound}`]: 'prompt',
      [`all fingers are removed / ${bound}`]: 'prompt (nobody can answer)',
      [`all fingers are removed, and one is enrolled again / ${bound}`]: 'prompt',
      [`a strong face is enrolled / ${bound}`]: 'prompt',
    },
  ],
])('%s differs where its profile says so, and nowhere else', async (profile, wanted) => {
  expect(await differences(profile)).toEqual(wanted)
})

test('on a phone without faces no face is enrolled, and what the API level lacks cannot be made', async () => {
  const { cells } = await matrix('android-28')
  expect(cells.has('a strong face is enrolled')).toBe(false)
  expect(cells.get('nothing')?.get('a finger or the PIN, each use')).toBe('cannot be made')
})

test('every word of a cell is explained, and every profile is told', async () => {
  const seen = new Set<string>()
  for (const profile of Object.keys(profiles) as AndroidProfile[])
    for (const row of (await matrix(profile)).cells.values()) for (const cell of row.values()) seen.add(cell)
  expect([...seen].sort()).toEqual(Object.keys(matrixWords).sort())
  for (const { what, seenBy, source } of Object.values(profiles))
    for (const prose of [what, seenBy, source]) expect(prose).not.toBe('')
})
