import type { Control } from '../contract/controls.ts'
import type { Description } from '../contract/description.ts'
import type { Device, MachineImage } from '../contract/device.ts'
import type { Outcome } from '../contract/history.ts'
import { damageLog } from '../contract/log-damage.ts'
import type { Operation } from '../contract/operations.ts'
import type { Program } from '../contract/program.ts'

export type LogControl = Extract<Control, { control: 'damage-log' | 'rewrite-log' }>
export const changesLog = (control: Control): control is LogControl =>
  control.control === 'damage-log' || control.control === 'rewrite-log'

/** What the session does to a vault's process. */
interface Hands {
  /** Ends it. The next call starts it again. */
  kill(): Promise<void>
  /** A call that is of no program. */
  call(op: Operation): Promise<Outcome>
}

/** Whoever may write the files of a log, or has a copy of the whole machine. One a program. */
export interface LogTamperer {
  /** An event is about to be appended, and nothing else is going on. */
  beforeAppend(): void
  apply(control: LogControl, hands: Hands): Promise<'done' | 'skipped'>
}

export function logTamperer({ image }: Device, { audit, profiles }: Description, program: Program): LogTamperer {
  const rewrites = program.commands.some((step) => step.do === 'control' && step.control.control === 'rewrite-log')
  let before: MachineImage | null = null

  const rewrite = async (control: LogControl & { control: 'rewrite-log' }, { kill, call }: Hands) => {
    if (image === undefined || before === null) return 'skipped'
    await kill()
    const now = image.take()
    image.put(before, 'all')
    before = null
    const opened = profiles.includes('lifecycle') ? await call({ op: 'unlock' }) : null
    const written = opened === null || opened.is === 'ok' ? await call({ op: 'append', event: control.event }) : opened
    await kill()
    if (written.is === 'ok' && control.puts === 'machine') return 'done'
    const forged = image.take()
    image.put(now, 'all')
    if (written.is !== 'ok') return 'skipped'
    image.put(forged, 'files')
    return 'done'
  }
  return {
    beforeAppend() {
      if (rewrites && image !== undefined) before = image.take()
    },
    async apply(control, hands) {
      if (control.control === 'rewrite-log') return rewrite(control, hands)
      if (image === undefined || audit === undefined) return 'skipped'
      const now = image.take()
      const files = new Map(now.files)
      if (!damageLog(files, audit.files, control)) return 'skipped'
      image.put({ ...now, files }, 'files')
      return 'done'
    },
  }
}
