import { type Element, element, xml } from '../../reports/xml.ts'
import { events } from './events.ts'
import { type Cell, type Fate, fates, type Measured } from './fates.ts'
import { subjects } from './subjects.ts'

/** What a fate is painted with, from the best to the worst; and the few letters that a cell has room for. */
const paint: Readonly<Record<Fate, { readonly colour: string; readonly word: string }>> = {
  kept: { colour: '#b7dfb9', word: 'kept' },
  locked: { colour: '#dcecaf', word: 'locked' },
  refused: { colour: '#d3dcea', word: 'refused' },
  unanswered: { colour: '#f6dfa4', word: 'no answer' },
  failed: { colour: '#f6dfa4', word: 'failed' },
  lost: { colour: '#f2a58c', word: 'LOST' },
  neighbour: { colour: '#d67fb4', word: 'OTHER' },
  changed: { colour: '#d67fb4', word: 'CHANGED' },
}
const worst = Object.keys(paint) as Fate[]
const untried = '#f3f3f3'
const [left, top, wide, high, gap] = [330, 190, 58, 26, 2]

const text = (x: number, y: number, words: string, attributes: Element['attributes'] = {}): Element =>
  element('text', { x, y, ...attributes }, words)

const cellShape = (cell: Cell | undefined, column: number, line: number): Element => {
  const [x, y] = [left + column * wide, top + line * high]
  const box = (fill: string) => element('rect', { x, y, width: wide - gap, height: high - gap, fill })
  if (cell === undefined || cell.is === 'not-run') return element('g', {}, box(untried))
  const counts = Object.entries(cell.fates) as [Fate, number][]
  const all = counts.reduce((sum, [, count]) => sum + count, 0)
  const shown = counts.reduce(
    (most, [fate]) => (worst.indexOf(fate) > worst.indexOf(most) ? fate : most),
    'kept' as Fate,
  )
  const count = cell.fates[shown] ?? 0
  const middle = { 'text-anchor': 'middle', 'font-size': 10 }
  const words = counts.map(([fate, n]) => `${fates[fate]}: ${n} of ${all}`).join('; ')
  return element(
    'g',
    {},
    element('title', {}, words),
    box(paint[shown].colour),
    text(x + (wide - gap) / 2, y + 11, paint[shown].word, middle),
    text(x + (wide - gap) / 2, y + 21, `${count}/${all}`, { ...middle, 'font-size': 8 }),
  )
}

/** The table as a picture: a column for each event, a row for each client on its store, each cell by the worst that was seen. */
export const persistenceFigure = ({ cells }: Measured): string => {
  const [width, height] = [left + events.length * wide + 120, top + subjects.length * high + 34]
  const heads = events.map(({ title }, column) => {
    const [x, y] = [left + column * wide + wide / 2 - 4, top - 8]
    return text(x, y, title, { transform: `rotate(-45 ${x} ${y})` })
  })
  const rows = subjects.flatMap(({ id, client, store }, line) => [
    text(left - 8, top + line * high + 11, client, { 'text-anchor': 'end' }),
    text(left - 8, top + line * high + 21, `on ${store}`, { 'text-anchor': 'end', 'font-size': 8, fill: '#555' }),
    ...events.map((event, column) => cellShape(cells[id]?.[event.id], column, line)),
  ])
  const note =
    'Each cell shows the worst that was seen, of so many trials. Grey is not run. CHANGED: another value came back than the one acknowledged.'
  return xml(
    element(
      'svg',
      {
        xmlns: 'http://www.w3.org/2000/svg',
        viewBox: `0 0 ${width} ${height}`,
        width,
        height,
        'font-family': 'sans-serif',
        'font-size': 11,
        role: 'img',
      },
      element('title', {}, 'What survives what'),
      element('rect', { width, height, fill: '#fff' }),
      ...heads,
      ...rows,
      text(left, height - 12, note, { fill: '#555', 'font-size': 10 }),
    ),
  )
}
