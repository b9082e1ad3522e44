import type { Device } from '../../../harness/contract/device.ts'
import type { Environment } from '../../../harness/contract/environment.ts'
import type { DrivenPhone } from '../driven-phone.ts'

export const calibrate = async (device: Device, phone: DrivenPhone): Promise<Environment> => ({
  device: device.name,
  fidelity: 'F1',
  software: await phone.software(),
  facets: {},
  controls: [...device.controls],
})
