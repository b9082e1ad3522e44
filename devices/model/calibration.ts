import type { Device } from '../../harness/contract/device.ts'
import type { Environment, FacetState, MachineFacet } from '../../harness/contract/environment.ts'
import type { Bench } from './probe.ts'
import { probes } from './probes.ts'

/** What calibration looks at: a device that runs vaults in process behind a numbered seam. */
export type Calibrated = Omit<Device, 'calibrate'>

/**
 * Proves each facet of a simulated device by probes of our own on its ports and controls. It believes nothing that it
 * has not seen, so it can be pointed at a device that lies. Leaves the device restored.
 *
 * @throws Error when the device has no ports or no seam: there is nothing to probe.
 */
export const calibrate = async (device: Calibrated): Promise<Environment> => {
  const { effects } = device
  const start = device.inProcess?.bind(device)
  if (effects === undefined || start === undefined) {
    throw new Error(`device '${device.name}' cannot be calibrated here: it gives no ports or has no numbered seam`)
  }
  const facets: Partial<Record<MachineFacet, FacetState>> = {}
  for (const facet of Object.keys(probes) as MachineFacet[]) {
    await device.restore()
    const namespace = `holdfast-calibration/${facet}`
    const bench: Bench = { device, effects, namespace, ports: start(namespace).ports }
    facets[facet] = await probes[facet](bench).catch(
      (error: unknown): FacetState => ({
        is: 'disproven',
        evidence: `the probe ended in ${String(error)}`,
      }),
    )
  }
  await device.restore()
  return {
    device: device.name,
    fidelity: 'F0',
    software: { model: 'simulated in this process' },
    facets,
    controls: [...device.controls],
  }
}
