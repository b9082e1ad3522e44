import type { Device } from '../../../harness/contract/device.ts'
import type { Environment } from '../../../harness/contract/environment.ts'
export const calibrate = async (device: Omit<Device, 'calibrate'>): Promise<Environment> => ({
  device: device.name,
  fidelity: 'F0',
  software: { android: '34' },
  facets: {},
  controls: [...device.controls],
})
