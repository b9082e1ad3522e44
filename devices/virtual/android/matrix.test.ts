import { expect, test } from 'vitest'
import { differences, matrix, matrixWords, renderAndroidMatrix, renderMatrix } from './matrix.ts'
import { type AndroidProfile, profiles, renderAndroidProfiles } from './profiles.ts'

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

const differing = async (profile: AndroidProfile) =>
  (await differences(profile)).map(({ happening, kind, cell }) => `${kind} ${happening}: ${cell}`).sort()
const lockIsGone = (word: string, kinds: string) =>
  ['the PIN is forced by an administrator', 'the screen lock is removed'].flatMap((happening) =>
    [...kinds].map((kind) => `${kind} ${happening}: ${word}`),
  )
const unnoticed = [
  'A all fingers are removed, and one is enrolled again: prompt',
  'A all fingers are removed: prompt (nobody can answer)',
  'A another finger is enrolled: prompt',
]

test.each<[AndroidProfile, readonly string[]]>([
  ['android-34', []],
  ['android-30', lockIsGone('UnrecoverableKey', 'ABCD')],
  ['android-28', lockIsGone('KPIE', 'ABD')],
  ['android-q1-removed-finger', []],
  ['android-q2-late-invalidation', [...lockIsGone('KPIE', 'ABD'), ...unnoticed]],
  ['android-q3-update-breaks-keys', []],
  ['android-q4-unlocked-device-keys', ['F the screen lock is removed: no key']],
  [
    'android-q5-screen-lock-wipes',
    [...lockIsGone('no key', 'E'), ...[...'ABDE'].map((kind) => `${kind} the PIN is changed by who knows it: no key`)],
  ],
  [
    'android-q6-enrolment-unnoticed',
    [...lockIsGone('UnrecoverableKey', 'ABCD'), ...unnoticed, 'A a strong face is enrolled: prompt'],
  ],
])('%s differs where its profile says so, and nowhere else', async (profile, wanted) => {
  expect(await differing(profile)).toEqual([...wanted].sort())
})

test('on a phone without faces no face is enrolled, and what the API level lacks cannot be made', async () => {
  const { cells } = await matrix('android-28')
  expect(cells.has('a strong face is enrolled')).toBe(false)
  expect(cells.get('nothing')?.get('C')).toBe('cannot be made')
})

test('every word of a cell is explained, and every profile is told', async () => {
  const seen = new Set<string>()
  for (const profile of Object.keys(profiles) as AndroidProfile[])
    for (const row of (await matrix(profile)).cells.values()) for (const cell of row.values()) seen.add(cell)
  expect([...seen].sort()).toEqual(Object.keys(matrixWords).sort())
  for (const [name, { what, seenBy, source }] of Object.entries(profiles)) {
    for (const prose of [what, seenBy, source]) expect(prose).not.toBe('')
    expect(renderAndroidProfiles()).toContain(`| \`${name}\` |`)
  }
  const page = await renderAndroidMatrix()
  expect(page).toContain(renderMatrix(await matrix()))
  expect(page).toContain('| `android-30` | the screen lock is removed | A, B, C, D | UnrecoverableKey |')
})
