import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { controls } from '../../harness/contract/controls.ts'
import { events } from './events.ts'
import { measuredSchema } from './fates.ts'
import { persistenceFigure } from './figure.ts'
import { cellText, persistencePage } from './page.ts'
import { subjects } from './subjects.ts'

const measured = measuredSchema.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'measured.json'), 'utf8')))

test('docs/persistence.md and its figure are what was measured: npm run persistence makes it anew', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/persistence.md'), 'utf8')
  expect(page).toBe(persistencePage(measured))
  const figure = readFileSync(join(import.meta.dirname, '../../docs/persistence.svg'), 'utf8')
  expect(figure).toBe(persistenceFigure(measured))
})

test('the figure shows a cell by the worst that was seen in it', () => {
  const cell = { is: 'seen', fates: { kept: 4, changed: 1 }, answers: {} } as const
  const figure = persistenceFigure({ software: {}, cells: { reference: { locked: cell } } })
  expect(figure).toContain('>CHANGED</text>')
  expect(figure).toContain('>1/5</text>')
  expect(persistenceFigure({ software: {}, cells: {} })).not.toContain('>kept</text>')
})

test('every measured cell is of a row and a column that are there', () => {
  const [rows, columns] = [new Set(subjects.map(({ id }) => id)), new Set(events.map(({ id }) => id))]
  for (const [row, cells] of Object.entries(measured.cells)) {
    expect(rows).toContain(row)
    for (const column of Object.keys(cells)) expect(columns).toContain(column)
  }
})

test('a cell tells each fate with how often it was seen, and one that is not there that it was not run', () => {
  expect(cellText({ is: 'seen', fates: { kept: 3, lost: 2 }, answers: {} })).toBe('kept 3/5, **lost** 2/5')
  expect(cellText(undefined)).toBe('not run here')
  expect(cellText({ is: 'not-run', why: 'no machine' })).toBe('not run here')
})

test('every step is a control with arguments that the contract knows', () => {
  for (const { before = [], meanwhile = [], steps } of events)
    for (const step of [...before, ...meanwhile, ...steps])
      if (!('wait' in step)) expect(() => controls[step.control].schema.parse(step)).not.toThrow()
})
