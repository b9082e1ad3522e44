import type { Control } from '../../../harness/contract/controls.ts'
import type { Device } from '../../../harness/contract/device.ts'
import type { Environment, Facet, FacetState } from '../../../harness/contract/environment.ts'
import type { DrivenPhone } from '../driven-phone.ts'
import { type Bench, probes } from './probes.ts'

/** What a probe calls the app's native side with: from its page, as the vault's calls come. */
const script =
  "return fetch('native/probe-' + arguments[0], { method: 'POST', body: JSON.stringify(arguments[1]) }).then((response) => response.json()).then(({ value, error }) => value ?? error)"

/** The parts of a device that probes work with. */
export type Calibrated = Omit<Device, 'calibrate'>

/**
 * Proves each facet by probes of our own: calls of the app's native side that no vault has a part in, and the controls of
 * the device, which go through the real driver. It believes nothing that it has not seen.
 */
export const calibrate = async (
  device: Calibrated,
  phone: Pick<DrivenPhone, 'showApp' | 'killApp' | 'inPage' | 'software'>,
): Promise<Environment> => {
  const facets: Partial<Record<Facet, FacetState>> = {}
  const { watched } = device
  if (watched === undefined) throw new Error(`${device.name} cannot be calibrated: its prompts cannot be watched`)
  const phases: string[] = []
  const bench: Bench = {
    call: async (verb, argument = '') => String(await phone.inPage(script, verb, argument)),
    start: () => phone.showApp(),
    kill: () => phone.killApp(),
    prompts: watched,
    phases,
    async must(control: Control) {
      const result = await device.apply(control)
      if (result !== 'done') throw new Error(`the device skipped '${control.control}'`)
    },
    apply: (control) => device.apply(control),
    traces: () => device.traces(''),
  }
  for (const [facet, probe] of Object.entries(probes)) {
    await device.restore()
    await bench.start()
    phases.length = 0
    watched.onPhase((_, phase) => phases.push(phase))
    facets[facet as Facet] = await probe(bench).catch(
      (error: unknown): FacetState => ({ is: 'disproven', evidence: `the probe ended in ${String(error)}` }),
    )
  }
  await device.restore()
  await phone.killApp()
  return {
    device: device.name,
    fidelity: 'F1',
    software: await phone.software(),
    facets,
    controls: [...device.controls],
  }
}
