import type { GetCost } from './reference-get.ts'
import type { Paired } from './reference-pairs.ts'
import type { SealingSpeed } from './reference-sealing.ts'
import type { UnlockCost } from './reference-unlock.ts'

export interface ReferenceResult {
  readonly machine: { readonly cores: number; readonly cpu: string; readonly node: string; readonly load: number }
  readonly clock: 'wall clock' | 'processor time'
  readonly rounds: number
  readonly unlocks: number
  readonly sealing: readonly SealingSpeed[]
  readonly get: GetCost
  readonly unlock: readonly UnlockCost[]
  readonly unlockWithKeyring: UnlockCost | { readonly why: string }
}

/** What issue 3 asks for. */
const targets = { unlockOverMs: 5, ofBare: 0.5, getOverUs: 50 }
const met = (is: boolean): string => (is ? 'met' : 'missed')

function unlockLine(what: string, { entries, ofItsKdf, besideKdf }: UnlockCost): string {
  const { oursMs, bareMs, overMs, overFrom, overTo, ratio } = ofItsKdf
  return [
    `${what}, ${entries} entries`.padEnd(34),
    `${oursMs.toFixed(0)} ms, of it its KDF ${bareMs.toFixed(0)} ms (${(ratio * 100).toFixed(1)} %)`,
    `over it ${overMs.toFixed(2)} ms (${overFrom.toFixed(2)} to ${overTo.toFixed(2)})`,
    `beside a KDF alone ${besideKdf.overMs >= 0 ? '+' : ''}${besideKdf.overMs.toFixed(1)} ms`,
    met(overMs <= targets.unlockOverMs),
  ].join('; ')
}

function sealingLine({ size, sealing, opening }: SealingSpeed): string {
  const part = (what: string, { oursMs, bareMs, ratio }: Paired) =>
    `${what} ${(oursMs * 1000).toFixed(1)} us, bare ${(bareMs * 1000).toFixed(1)} us, ratio ${ratio.toFixed(2)} ${met(ratio >= targets.ofBare)}`
  return `${`${size} bytes`.padEnd(14)}${part('sealing', sealing)}; ${part('opening', opening)}`
}

/** The result for people. */
export function referenceTable(result: ReferenceResult): string {
  const { machine, clock, rounds, unlocks, sealing, get, unlock, unlockWithKeyring } = result
  const { besideRead: read, crypto } = get
  const us = (ms: number) => (ms * 1000).toFixed(1)
  return [
    `${machine.cores} cores, ${machine.cpu}, Node ${machine.node}, load ${machine.load.toFixed(1)}`,
    `By ${clock}, paired rounds, medians: ${rounds} of sealing and get, ${unlocks} of unlock; in brackets the quartiles.`,
    '',
    `unlock with a PIN: at most ${targets.unlockOverMs} ms over its KDF`,
    ...unlock.map((cost) => unlockLine('real files, a keyring that is free', cost)),
    'why' in unlockWithKeyring
      ? `with GNOME Keyring: not measured: ${unlockWithKeyring.why}`
      : unlockLine('real files, GNOME Keyring', unlockWithKeyring),
    '',
    `sealing and opening an entry: at least ${targets.ofBare} of bare AES-256-GCM`,
    ...sealing.map(sealingLine),
    '',
    `get of 32 bytes: under ${targets.getOverUs} us over the store's own read`,
    `get ${us(read.oursMs)} us, read ${us(read.bareMs)} us; over it ${us(read.overMs)} us (${us(read.overFrom)} to ${us(read.overTo)}); read is ${(read.ratio * 100).toFixed(0)} % of get; ${met(read.overMs <= targets.getOverUs / 1000)}`,
    `its AES-256-GCM alone ${us(crypto.oursMs)} us; with a key object, which is not in locked memory, ${us(crypto.bareMs)} us`,
    '',
  ].join('\n')
}
