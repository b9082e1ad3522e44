import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { linuxContainer } from '../../devices/linux/device.ts'
import { devices } from '../../harness/cli/devices.ts'
import { wholeNumber } from '../../harness/cli/numbers.ts'
import { openDevice } from '../../harness/cli/wiring.ts'
import type { Device } from '../../harness/contract/device.ts'
import { command, say } from '../command.ts'
import { events, type PersistenceEvent } from './events.ts'
import { type Cell, type Measured, measuredSchema } from './fates.ts'
import { measureRow } from './measure.ts'
import { cellText, persistencePage } from './page.ts'
import { type Subject, subjects } from './subjects.ts'

// npm run persistence [-- --trials N --only REGEX --events REGEX --on container|vm]: what of a store survives what. Cells that
// were not asked for stay as they were measured before. Writes docs/persistence.md.
const root = join(import.meta.dirname, '..', '..')
const kept = join(import.meta.dirname, 'measured.json')
const callMs = 15_000

const before = (): Measured =>
  existsSync(kept) ? measuredSchema.parse(JSON.parse(readFileSync(kept, 'utf8'))) : { software: {}, cells: {} }

/** The device of a subject, and the name under which its software is told; null where it is not there. */
const deviceOf = async (on: PersistenceEvent['on'], subject: Subject): Promise<Device | null> => {
  if (on === 'container')
    return linuxContainer({ provider: subject.provider, kernelKeyring: true, project: root, onProgress: say })
  const vm = devices.find(({ name }) => name === 'linux-vm')
  // The machine's image has one provider.
  if (vm === undefined || subject.provider !== 'gnome-keyring') return null
  return openDevice(vm.name, { allowLoginKeyring: false, cwd: root, onProgress: say }, null)
}

async function run(): Promise<number> {
  const { values } = parseArgs({
    options: {
      trials: { type: 'string' },
      only: { type: 'string' },
      events: { type: 'string' },
      on: { type: 'string' },
    },
  })
  const trials = wholeNumber('--trials', values.trials ?? '5', 1, 1000)
  const wanted = (filter: string | undefined, id: string) => filter === undefined || new RegExp(filter).test(id)
  const measured = before()
  const cells: Record<string, Record<string, Cell>> = structuredClone(measured.cells)
  const software = structuredClone(measured.software)
  const write = () => {
    const result = { software, cells }
    writeFileSync(kept, `${JSON.stringify(result, null, 2)}\n`)
    writeFileSync(join(root, 'docs', 'persistence.md'), persistencePage(result))
  }
  for (const subject of subjects.filter(({ id }) => wanted(values.only, id))) {
    const had = cells[subject.id] ?? {}
    cells[subject.id] = had
    const asked = events.filter(({ id, on }) => wanted(values.events, id) && wanted(values.on, on))
    const adapter = subject.command(root)
    for (const on of ['container', 'vm'] as const) {
      const here = asked.filter((event) => event.on === on)
      const lack = 'why' in adapter ? adapter.why : null
      const device = lack === null && here.length > 0 ? await deviceOf(on, subject) : null
      if (device === null || 'why' in adapter) {
        for (const { id } of here) had[id] ??= { is: 'not-run', why: lack ?? `no device for events of a ${on}` }
        continue
      }
      software[device.name] = { ...(await device.calibrate()).software }
      const namespace = `holdfast-persistence-${process.pid}`
      await measureRow(device, { id: subject.id, command: adapter }, here, {
        trials,
        edge: { namespace, callMs, wait: (ms) => after(ms) },
        onCell: (row, event, cell) => {
          had[event] = cell
          say(`${row}, ${event}: ${cellText(cell)}`)
          write()
        },
      })
    }
  }
  // Also where nothing was measured: the page has other parts too.
  write()
  return 0
}

await command(run)
