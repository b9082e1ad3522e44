import type { VaultCall } from '../harness/contract/operations.ts'
import type { Answer, Vault, VaultModule } from '../harness/contract/vault.ts'
import { type MemoryWorld, memoryWorld } from './memory-world.ts'

/** The app on a desktop in memory, for the reference's own tests: one process of it after another. */
export interface MemoryApp {
  readonly world: MemoryWorld
  /** Asks the process at hand. A code, or the value with bytes as text. */
  ask(call: VaultCall): Promise<unknown>
  /** Asks all at once; `choose` says in which order their effects happen. */
  askAll(calls: readonly VaultCall[], choose: (pending: number) => number): Promise<readonly unknown[]>
  /** Asks for all that a failure says. Null where it crashed before it answered. */
  answer(call: VaultCall): Promise<Answer | null>
  /** The process ends and another one begins. */
  restart(): void
}

export function memoryApp(vaultModule: VaultModule, world: MemoryWorld = memoryWorld()): MemoryApp {
  const start = (): Vault => vaultModule.open({ namespace: 'run/1', directory: 'memory', ports: world.ports })
  let vault = start()
  const answer = async (call: VaultCall) => (await world.run([vault.invoke(call)]))?.[0] ?? null
  return {
    world,
    answer,
    ask: async (call) => told(await answer(call)),
    async askAll(calls, choose) {
      const pending = calls.map((call) => vault.invoke(call))
      return (await world.run(pending, choose))?.map(told) ?? []
    },
    restart() {
      world.restart()
      vault = start()
    },
  }
}

function told(given: Answer | null): unknown {
  if (given === null || given.is === 'native') return given
  if (given.is === 'fail') return given.failure.code
  return given.value instanceof Uint8Array ? `=${Buffer.from(given.value).toString()}` : given.value
}

const crashes = ['kill', 'all', 'contents'] as const

/** An app after a crash, in a new process. */
export interface Crashed {
  readonly app: MemoryApp
  readonly where: string
  /** Whether the call was answered before the power was cut. */
  readonly finished: boolean
}

/** Crashes a call at each of its effects: by a kill, and by a power cut that loses all or contents alone. */
export async function* crashedAtEveryEffect(
  vaultModule: VaultModule,
  before: readonly VaultCall[],
  call: VaultCall,
): AsyncGenerator<Crashed> {
  const ready = async () => {
    const app = memoryApp(vaultModule)
    for (const first of before) {
      const said = await app.ask(first)
      if (said !== null && first.op !== 'unlock') throw new Error(`'${first.op}' was answered with ${String(said)}`)
    }
    return app
  }
  const whole = await ready()
  const from = whole.world.count()
  await whole.ask(call)
  const effects = whole.world.count() - from
  if (effects < 3) throw new Error(`'${call.op}' has ${effects} effects: there is nothing to crash`)
  for (const crash of crashes)
    for (let at = 0; at < effects; at++) {
      const app = await ready()
      app.world.crashAt(at)
      if ((await app.answer(call)) !== null) throw new Error(`'${call.op}' was answered before effect ${at}`)
      if (crash !== 'kill') app.world.cutPower(crash)
      app.restart()
      yield { app, where: `${call.op}, effect ${at}, ${crash}`, finished: false }
    }
  for (const loses of ['all', 'contents'] as const) {
    const app = await ready()
    await app.ask(call)
    app.world.cutPower(loses)
    app.restart()
    yield { app, where: `${call.op} finished, ${loses}`, finished: true }
  }
}
