import { events, type PersistenceEvent } from './events.ts'
import { type Cell, type Fate, fates, type Measured } from './fates.ts'
import { subjects } from './subjects.ts'
import { type Surprise, surprises } from './surprises.ts'

const mark: Readonly<Record<Fate, string>> = {
  kept: 'kept',
  locked: 'locked, then kept',
  lost: '**lost**',
  failed: 'failed',
  unanswered: 'no answer',
  refused: 'refused',
  changed: '**CHANGED**',
  neighbour: '**OTHER ENTRY TOUCHED**',
}

/** A cell in words: one fate, or each with how often it was seen. */
export const cellText = (cell: Cell | undefined): string => {
  if (cell === undefined || cell.is === 'not-run') return 'not run here'
  const seen = Object.entries(cell.fates) as [Fate, number][]
  const all = seen.reduce((sum, [, count]) => sum + count, 0)
  return seen.map(([fate, count]) => `${mark[fate]} ${count}/${all}`).join(', ')
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

const surpriseText = ({ title, text, token, replayedWith = '', shownBy }: Surprise): string => {
  const command = token === undefined ? shownBy : `npx holdfast replay ${token} ${replayedWith}`
  return `### ${title}\n\n${text}\n${command === undefined ? '' : `\n    ${command}\n`}`
}

const untried: Cell = { is: 'not-run', why: 'nobody has run it yet; `npm run persistence` does' }

/** docs/persistence.md, from what was measured. */
export const persistencePage = ({ software, cells }: Measured): string => {
  const tableOf = (columns: readonly PersistenceEvent[]) => {
    const head = ['client', 'store', ...columns.map(({ title }) => title)]
    const lines = subjects.map(({ id, client, store }) =>
      row([client, store, ...columns.map((event) => cellText(cells[id]?.[event.id]))]),
    )
    return [row(head), row(head.map(() => '---')), ...lines].join('\n')
  }
  const ofMachine = ({ on }: PersistenceEvent) => on === 'vm' || on === 'login'
  const gaps = new Map<string, string[]>()
  for (const { id, client, store } of subjects) {
    const whys = events.map((event) => [event.title, cells[id]?.[event.id] ?? untried] as const)
    for (const why of new Set(whys.flatMap(([, cell]) => (cell.is === 'not-run' ? [cell.why] : [])))) {
      const titles = whys.flatMap(([title, cell]) => (cell.is === 'not-run' && cell.why === why ? [title] : []))
      gaps.set(why, [...(gaps.get(why) ?? []), `${client} on ${store} (${titles.join(', ')})`])
    }
  }
  const lacks = [...gaps].map(([why, which]) => `- ${which.join('; ')}: ${why}`)
  const versions = Object.entries(software).map(
    ([device, found]) =>
      `- \`${device}\`: ${Object.entries(found)
        .filter(([name]) => name !== 'engine')
        .map(([name, version]) => `${name} ${version}`)
        .join(', ')}`,
  )
  return `# What survives what

Made by \`npm run persistence\`: change it there. A value is written and acknowledged, something happens, and a fresh process
of the vault reads it. What counts is the value that comes back, never an exit code. A second entry that nobody touches is
read too. Each cell says how often each fate was seen, of how many trials.

![The same as a picture](persistence.svg)

## In a container

${tableOf(events.filter((event) => !ofMachine(event)))}

## On a machine with its own kernel

A container restarts no kernel, and has its clock from the machine around it, so these columns take the devices \`linux-vm\` and
\`linux-vm-login\`, which have GNOME Keyring alone.

${tableOf(events.filter(ofMachine))}

*not run here*: what kept it from being run is told at the end of the page.

## What is done

${events.map(({ title, meaning }) => `- **${title}**: ${meaning}.`).join('\n')}

## What the words mean

${(Object.keys(fates) as Fate[]).map((fate) => `- ${mark[fate]}: ${fates[fate]}.`).join('\n')}

## What is surprising

${surprises.map(surpriseText).join('\n')}
## With what

${versions.join('\n')}

## What was not run

${lacks.length === 0 ? 'Nothing that has a row and a column.' : lacks.join('\n')}
`
}
