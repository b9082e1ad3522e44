import { availableParallelism, cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { privateSession, privateSessionLacks } from '../devices/host/private-session.ts'
import type { Rounds } from './measure.ts'
import { getCost } from './reference-get.ts'
import { sealingSpeeds } from './reference-sealing.ts'
import { referenceTable } from './reference-table.ts'
import { type UnlockCost, unlockCost } from './reference-unlock.ts'
import { benchVault, freeKeyring } from './reference-vault.ts'

// node bench/reference.ts [--json --short --cpu]: what the reference vault costs, each beside what it is made of.
// With --cpu by this process's processor time: on a busy machine that tells the vault's work from waiting for a turn.
const flag = { type: 'boolean' } as const
const { json, short, cpu } = parseArgs({ options: { json: flag, short: flag, cpu: flag } }).values
const spent = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
const now = cpu ? spent : () => performance.now()
const rounds = short ? { warmUp: 2, measured: 7 } : { warmUp: 6, measured: 41 }
const unlocks = short ? { warmUp: 1, measured: 5 } : { warmUp: 2, measured: 21 }

/** The same with GNOME Keyring over D-Bus, in a session of its own. */
async function unlockWithKeyring(entries: number, rounds: Rounds): Promise<UnlockCost | { readonly why: string }> {
  const why = privateSessionLacks()
  if (why !== null) return { why }
  await using session = await privateSession()
  for (const [name, value] of Object.entries(session.environment)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  using vault = benchVault(null, now)
  return await unlockCost(vault, entries, rounds, now)
}

using small = benchVault(freeKeyring(), now)
using large = benchVault(freeKeyring(), now)
using read = benchVault(freeKeyring(), now)
const result = {
  machine: {
    cores: availableParallelism(),
    cpu: cpus()[0]?.model ?? 'unknown',
    node: process.versions.node,
    load: loadavg()[0] ?? 0,
  },
  clock: cpu ? ('processor time' as const) : ('wall clock' as const),
  rounds: rounds.measured,
  unlocks: unlocks.measured,
  sealing: await sealingSpeeds(rounds, now),
  get: await getCost(read, rounds, now),
  unlock: [await unlockCost(small, 1, unlocks, now), await unlockCost(large, 100, unlocks, now)],
  unlockWithKeyring: await unlockWithKeyring(100, unlocks),
}
process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : referenceTable(result))
