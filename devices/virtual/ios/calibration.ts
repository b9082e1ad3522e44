import type { Device } from '../../../harness/contract/device.ts'
import type { Environment, Facet, FacetState } from '../../../harness/contract/environment.ts'
import type { Bench } from './probe.ts'
import { probes } from './probes.ts'

/** What calibration looks at: a device that gives a phone to vaults of this process, behind a numbered seam. */
export type Calibrated = Omit<Device, 'calibrate'>

/**
 * Proves each facet of a simulated iPhone by probes of our own, through what an app may call and a person may do. It
 * believes nothing that it has not seen, so it can be pointed at a device that lies. Leaves the device restored.
 *
 * @throws Error when the device has no phone, prompts or seam: there is nothing to probe.
 */
export const calibrate = async (device: Calibrated): Promise<Environment> => {
  const { effects, prompts } = device
  const start = device.ios?.bind(device)
  if (effects === undefined || prompts === undefined || start === undefined) {
    throw new Error(`device '${device.name}' cannot be calibrated here: it gives no iPhone, or lets no seam be seen`)
  }
  const facets: Partial<Record<Facet, FacetState>> = {}
  for (const [facet, probe] of Object.entries(probes)) {
    await device.restore()
    const namespace = `holdfast-calibration/${facet}`
    const bench: Bench = { device, effects, prompts, namespace, open: () => start(namespace) }
    facets[facet as keyof typeof probes] = await probe(bench).catch(
      (error: unknown): FacetState => ({ is: 'disproven', evidence: `the probe ended in ${String(error)}` }),
    )
  }
  await device.restore()
  const { systemVersion } = start('holdfast-calibration')
  await device.restore()
  return {
    device: device.name,
    fidelity: 'F0',
    software: { ios: String(systemVersion), phone: 'simulated in this process' },
    facets,
    controls: [...device.controls],
  }
}
