import { readings } from '../fixtures/plugins/findings.ts'
import { type Port, ports } from '../fixtures/plugins/index.ts'
import { simulatedDevices } from '../fixtures/simulated-device.ts'
import { budgetOf } from '../harness/cli/wiring.ts'
import type { StreamRecord } from '../harness/contract/stream.ts'
import { judgeTarget } from '../harness/engine/judge-target.ts'
import { inProcessTarget } from '../harness/engine/target.ts'
import { requirementOf, requirements } from '../harness/requirements/index.ts'
import { findings } from '../reports/findings.ts'

const targetOf = ({ name, platform }: Port): string => `${name}@${simulatedDevices[platform].name}`

/** Judges one port with the seed and budget of an ordinary run: the same findings every time. */
async function* judged(port: Port, version: string): AsyncGenerator<StreamRecord> {
  const device = simulatedDevices[port.platform]
  yield* judgeTarget(async () => inProcessTarget(port.module, device.make()), {
    name: targetOf(port),
    vault: `module:./${port.path}`,
    version,
    seed: 1,
    budget: budgetOf(device.name, false),
    requirements,
    baseline: { known: [] },
    today: '2026-01-01',
    prefix: 'holdfast',
    deadlineMs: 1000,
    cut: () => null,
    beat: () => {},
    mustReach: false,
  })
}

const intro = `# What is found in published plugins

Plugins and vaults that others published, followed in behaviour from their public source and judged unaided by the same
checks as every vault. Nothing here was made to find what it found.

**Before you hold any of this against anybody**: these are ports. Each was made by reading, runs on a simulated phone (F0),
and may be wrong where the phone, the reading or the port is. What is told is what the source at that commit would do here.
If you maintain one of these and see a mistake, or have mended what is told, please open an issue with the name of the
requirement: it will be corrected, and its commit raised. [platforms.md](platforms.md) says what the phones are taken to be.

\`npx holdfast run --config fixtures/plugins/holdfast.config.ts\` judges them all; each failure below ends with the command that
runs its few steps again. \`node docs/update.ts findings\` makes this page.
`

/** The page docs/findings.md, made by judging all ports. */
export async function findingsPage(version: string): Promise<string> {
  const records: StreamRecord[] = [
    {
      type: 'run',
      stream: 1,
      holdfast: version,
      seed: 1,
      budget: 'quick',
      started: '',
      targets: ports.map(targetOf),
      requirements: requirements.map(({ id }) => id),
    },
  ]
  for (const port of ports) for await (const record of judged(port, version)) records.push(record)
  const byTarget = new Map(ports.map((port) => [targetOf(port), port]))
  const originOf = (target: string): Port => {
    const port = byTarget.get(target)
    if (port === undefined) throw new Error(`${target} is no port`)
    return port
  }
  const body = findings(records, requirementOf, originOf, readings, 'fixtures/plugins/holdfast.config.ts')
  return `${intro}\n${body}\n`
}
