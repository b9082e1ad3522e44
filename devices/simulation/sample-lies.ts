import type { Control } from '../../harness/contract/controls.ts'
import type { Device } from '../../harness/contract/device.ts'

/* Ways in which a device lies about its controls, for tests of calibration. */

type Lie = (truth: Pick<Device, 'apply'>) => Pick<Device, 'apply'>

/** Answers `done` to a control and does nothing. */
export const idle =
  (control: Control['control']): Lie =>
  (truth) => ({
    apply: (asked) => (asked.control === control ? Promise.resolve('done') : truth.apply(asked)),
  })
/** Does another thing than was asked. */
export const instead =
  (from: Control['control'], to: Control): Lie =>
  (truth) => ({ apply: (asked) => truth.apply(asked.control === from ? to : asked) })
