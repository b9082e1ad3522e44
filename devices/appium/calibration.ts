import type { Control } from '../../harness/contract/controls.ts'
import type { Device, Trace, WatchedPrompts } from '../../harness/contract/device.ts'
import type { Environment, Facet, FacetState, Fidelity } from '../../harness/contract/environment.ts'
import type { DrivenPhone } from './driven-phone.ts'

/** What a probe works with: a restored phone whose app is in front. */
export interface Bench<Verb extends string = string> {
  /** One of our own calls of the app's native side, and what came of it in a word. */
  call(verb: Verb, argument?: string): Promise<string>
  /** Brings the app to the front, and starts it where it does not run. */
  start(): Promise<void>
  kill(): Promise<void>
  readonly prompts: WatchedPrompts
  /** What was seen of prompts since the probe began. */
  readonly phases: readonly string[]
  must(control: Control): Promise<void>
  apply(control: Control): Promise<'done' | 'skipped'>
  traces(): AsyncIterable<Trace>
}
export type Probe<Verb extends string = string> = (bench: Bench<Verb>) => Promise<FacetState>
export const proven = (evidence: string): FacetState => ({ is: 'proven', evidence })
export const disproven = (evidence: string): FacetState => ({ is: 'disproven', evidence })

/** The probes of one kind of phone, and how far it can be believed at most. */
export interface Probing<Verb extends string> {
  readonly fidelity: Fidelity
  readonly probes: { readonly [F in Facet]?: Probe<Verb> }
}

/** What a probe calls the app's native side with: from its page, as the vault's calls come. */
const script =
  "return fetch('native/probe-' + arguments[0], { method: 'POST', body: JSON.stringify(arguments[1]) }).then((response) => response.json()).then(({ value, error }) => value ?? error)"

/** The parts of a device that probes work with. */
export type Calibrated = Omit<Device, 'calibrate'>

/**
 * Proves each facet by probes of our own: calls of the app's native side that no vault has a part in, and the controls of
 * the device, which go through its driver. It believes nothing that it has not seen.
 */
export const calibrateBy =
  <Verb extends string>({ fidelity, probes }: Probing<Verb>) =>
  async (
    device: Calibrated,
    phone: Pick<DrivenPhone, 'showApp' | 'killApp' | 'inPage' | 'software' | 'lacks'>,
  ): Promise<Environment> => {
    const facets: Partial<Record<Facet, FacetState>> = {}
    const { watched } = device
    if (watched === undefined) throw new Error(`${device.name} cannot be calibrated: its prompts cannot be watched`)
    const phases: string[] = []
    const bench: Bench<Verb> = {
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
    for (const [facet, probe] of Object.entries<Probe<Verb> | undefined>(probes)) {
      if (probe === undefined) continue
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
      fidelity,
      software: await phone.software(),
      facets,
      controls: [...device.controls],
      lacks: phone.lacks,
    }
  }
