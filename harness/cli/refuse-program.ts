import type { ControlName } from '../contract/controls.ts'
import type { Program } from '../contract/program.ts'
import { UsageError } from './usage-error.ts'

/** @throws UsageError where the device lacks a control that the program uses: it would say nothing there */
export function refuseProgram(
  { commands }: Program,
  device: { readonly name: string; readonly controls: ReadonlySet<ControlName> },
): void {
  const lacking = commands.flatMap((command) =>
    command.do === 'control' && !device.controls.has(command.control.control) ? [command.control.control] : [],
  )
  if (lacking.length === 0) return
  throw new UsageError(
    `This program uses ${[...new Set(lacking)].join(', ')}, which the device ${device.name} cannot do; it has ` +
      `${[...device.controls].sort().join(', ')}. Choose another with --device.`,
  )
}
