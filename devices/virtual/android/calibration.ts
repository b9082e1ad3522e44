import type { Environment, Facet, FacetState } from '../../../harness/contract/environment.ts'
import { benchOf, type Calibrated } from './bench.ts'
import { probesOfPhone } from './probes-of-phone.ts'
import { type Probe, probesOfSeam } from './probes-of-seam.ts'

const probes: readonly (readonly [string, Probe])[] = Object.entries({ ...probesOfSeam, ...probesOfPhone })

/**
 * Proves each facet of a simulated phone by probes of our own, made as an app makes its calls. It believes nothing that it
 * has not seen, so it can be pointed at a phone that lies. Leaves the device restored.
 *
 * @throws Error when the device gives no phone, no seam or no prompts: there is nothing to probe
 */
export const calibrate = async (device: Calibrated): Promise<Environment> => {
  const facets: Partial<Record<Facet, FacetState>> = {}
  for (const [facet, probe] of probes) {
    await device.restore()
    const bench = benchOf(device)
    facets[facet as Facet] = await probe(bench).catch(
      (error: unknown): FacetState => ({ is: 'disproven', evidence: `the probe ended in ${String(error)}` }),
    )
    device.effects?.arm(0, null)
  }
  await device.restore()
  const android = String(benchOf(device).start().sdkInt)
  device.prompts?.onPhase(() => {})
  await device.restore()
  return { device: device.name, fidelity: 'F0', software: { android }, facets, controls: [...device.controls] }
}
