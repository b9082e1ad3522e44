import type { Sight } from '../../harness/contract/device.ts'

/** A marker by its number, which a probe makes too: it is in neither's source. */
export const marker = (number: number): string =>
  String.fromCharCode(
    ...Array.from({ length: 48 }, (_, at) => 65 + ((Math.imul(at + number * 1_000, 0x9e3779b1) >>> 16) % 26)),
  )

/** What was seen of a probe that holds the first marker, has the second in a child's environment and the third in its arguments. */
export interface SeenPlanted {
  readonly processes: { readonly inArguments: boolean; readonly inEnvironment: boolean }
  readonly memory: {
    /** Null: it could not be read. */
    readonly bytes: number | null
    readonly held: boolean
    /** The fourth marker, which nobody ever made. */
    readonly neverMade: boolean
  }
}

export const seePlanted = async (sight: Sight): Promise<SeenPlanted> => {
  const traces = await sight.takeProcesses()
  const seen = (where: string, text: string) =>
    traces.some((trace) => trace.where === where && Buffer.from(trace.bytes).includes(text))
  const sought = [1, 4].map((number) => ({ what: `${number}`, bytes: Buffer.from(marker(number)) }))
  const memory = await sight.searchMemory(sought, (bytes) => [{ encoding: 'utf-8', bytes }])
  const found = (number: number) => memory?.found.some(({ what }) => what === `${number}`) ?? false
  return {
    processes: { inArguments: seen('arguments', marker(3)), inEnvironment: seen('environment', marker(2)) },
    memory: { bytes: memory?.bytes ?? null, held: found(1), neverMade: found(4) },
  }
}
