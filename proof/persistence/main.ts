import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { linuxContainer } from '../../devices/linux/device.ts'
import { linuxVm } from '../../devices/vm/device.ts'
import { wholeNumber } from '../../harness/cli/numbers.ts'
import type { Device } from '../../harness/contract/device.ts'
import { command, say } from '../command.ts'
import { events, type Place, places } from './events.ts'
import { type Cell, type Measured, measuredSchema } from './fates.ts'
import { persistenceFigure } from './figure.ts'
import { measureRows, type Row } from './measure.ts'
import { cellText, persistencePage } from './page.ts'
import { type Subject, subjects } from './subjects.ts'

// npm run persistence [-- --trials N --only REGEX --events REGEX --on container|volume|disk|vm|login --calibrated]: what of a store survives what. Cells that
// were not asked for stay as they were measured before. Writes docs/persistence.md and docs/persistence.svg.
// --calibrated: the device was probed by an earlier run on the same image, which takes a machine minutes.
const root = join(import.meta.dirname, '..', '..')
const kept = join(import.meta.dirname, 'measured.json')
/** Milliseconds for one call: an emulated machine on a busy one is slow. */
const callMs = 300_000

const before = (): Measured =>
  existsSync(kept) ? measuredSchema.parse(JSON.parse(readFileSync(kept, 'utf8'))) : { software: {}, cells: {} }

/** Whether it is a virtual machine, which takes long to start: all clients have their turn on one. */
const isMachine = (on: Place) => on === 'vm' || on === 'login'

const deviceOf = (on: Place, { provider }: Subject): Promise<Device> =>
  isMachine(on)
    ? linuxVm({ project: root, onProgress: say, start: on === 'login' ? 'systemd' : 'tiny' })
    : linuxContainer({
        provider,
        kernelKeyring: true,
        replaced: on === 'volume',
        disk: on === 'disk',
        project: root,
        onProgress: say,
      })

async function run(): Promise<number> {
  const { values } = parseArgs({
    options: {
      trials: { type: 'string' },
      only: { type: 'string' },
      events: { type: 'string' },
      on: { type: 'string' },
      calibrated: { type: 'boolean' },
    },
  })
  const trials = wholeNumber('--trials', values.trials ?? '5', 1, 1000)
  const wanted = (filter: string | undefined, id: string) => filter === undefined || new RegExp(filter).test(id)
  /** Read anew each time: another run may have measured other cells meanwhile. */
  const note = (changed: Measured['cells'], software: Measured['software'] = {}) => {
    const had = before()
    const cells = { ...had.cells }
    for (const [row, now] of Object.entries(changed)) cells[row] = { ...cells[row], ...now }
    const result = { software: { ...had.software, ...software }, cells }
    writeFileSync(kept, `${JSON.stringify(result, null, 2)}\n`)
    writeFileSync(join(root, 'docs', 'persistence.md'), persistencePage(result))
    writeFileSync(join(root, 'docs', 'persistence.svg'), persistenceFigure(result))
  }
  const asked = subjects.filter(({ id }) => wanted(values.only, id))
  for (const on of places) {
    const here = events.filter((event) => event.on === on && wanted(values.events, event.id) && wanted(values.on, on))
    if (here.length === 0) continue
    for (const group of isMachine(on) ? [asked] : asked.map((subject) => [subject])) {
      const rows: Row[] = []
      const lacks = (id: string, why: string) => {
        const had = before().cells[id] ?? {}
        const open = here.filter((event) => had[event.id]?.is !== 'seen')
        note({ [id]: Object.fromEntries(open.map((event): [string, Cell] => [event.id, { is: 'not-run', why }])) })
      }
      for (const { id, provider, store, command } of group) {
        const adapter = command(root)
        if ('why' in adapter) lacks(id, adapter.why)
        else if (isMachine(on) && provider !== 'gnome-keyring') lacks(id, 'the virtual machine has GNOME Keyring alone')
        else if (on === 'disk' && (store === 'the kernel' || store === 'nothing said'))
          lacks(id, 'nothing of it is on a disk: the kernel goes on')
        else rows.push({ id, command: adapter })
      }
      const [first] = group
      if (first === undefined || rows.length === 0) continue
      await using device = await deviceOf(on, first)
      if (values.calibrated !== true) note({}, { [device.name]: { ...(await device.calibrate()).software } })
      await measureRows(device, rows, here, {
        trials,
        edge: { namespace: `holdfast-persistence-${process.pid}`, callMs, wait: (ms) => after(ms) },
        onTrouble: say,
        onCell: (row, event, cell) => {
          note({ [row]: { [event]: cell } })
          say(`${row}, ${event}: ${cellText(cell)}${cell.is === 'not-run' ? ` (${cell.why})` : ''}`)
        },
      })
    }
  }
  // Also where nothing was measured: the page has other parts too.
  note({})
  return 0
}

await command(run)
