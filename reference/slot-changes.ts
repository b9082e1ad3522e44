import type { UnlockMethod } from '../harness/contract/operations.ts'
import type { Log } from '../harness/contract/platforms/desktop.ts'
import type { AnchorChanges } from './anchor.ts'
import { Refusal } from './failure.ts'
import { type Folder, stagedHeaderPath } from './folder.ts'
import { digestOf, encodeHeader, type Header } from './header.ts'
import type { Known } from './known.ts'
import type { SecretBytes } from './memory/secret-bytes.ts'
import { biometricLabel } from './methods/biometric.ts'
import { createSlot, type MethodPorts } from './methods/methods.ts'
import type { Slot, SlotOf } from './methods/slot.ts'
import { requireApprovedSlots } from './pin/approved.ts'
import { guess } from './pin/guess.ts'
import { costAfter } from './pin/kdf.ts'
import type { Lockout } from './pin/lockout.ts'
import { requirePin } from './pin/pin.ts'

/** The slots of an open vault. Each change counts as a whole or not at all, at whatever moment it is cut short. */
export interface SlotChanges {
  /** @throws Refusal `rejected` where the method has a slot. */
  add(method: UnlockMethod, pin: Uint8Array | null): Promise<void>
  /** @throws Refusal `not-found`, or `rejected` for the last one. */
  remove(method: UnlockMethod): Promise<void>
  methods(): Promise<readonly UnlockMethod[]>
  /** Wraps anew under another PIN, with a new salt and a new secret: an old header opens with the old PIN no more. */
  changePin(pin: Uint8Array | null, next: Uint8Array): Promise<void>
  /** @throws Refusal as `unlock` does. */
  checkPin(pin: Uint8Array): Promise<void>
}

interface Held {
  readonly place: Folder
  readonly methods: MethodPorts
  readonly lockedOut: Lockout
  readonly known: Known
  readonly vaultKey: SecretBytes
  readonly headerKey: SecretBytes
  readonly log: Log
}

export function slotChanges({ place, methods, lockedOut, known, vaultKey, headerKey, log }: Held): SlotChanges {
  const { id } = known.header

  const trying = async (what: string, step: () => Promise<unknown>) => {
    try {
      await step()
    } catch (error) {
      log.write(`${what}: ${error instanceof Error ? error.name : typeof error}`)
    }
  }
  const move = async (slots: readonly Slot[], changes: AnchorChanges) => {
    const generation = known.nextGeneration()
    const header: Header = { id, generation, slots }
    const sealed = encodeHeader(header, { guard: known.anchor.guard, vault: headerKey.bytes })
    const staged = stagedHeaderPath(generation)
    await known.commit([[staged, sealed]], { ...changes, generation, header: digestOf(sealed) }, { header })
    // The change counts already; the next unlock does this where it fails now.
    await trying('the header could not be renamed', () => place.promote(staged))
  }
  const pinSlot = (): SlotOf<'keyring-pin'> => {
    const slot = known.header.slots.find((slot) => slot.method === 'keyring-pin')
    if (slot === undefined) throw new Refusal('invalid-argument', { reason: 'this vault has no PIN' })
    // Another process may have changed it since.
    if (methods.approved === true) requireApprovedSlots([slot])
    return slot
  }
  const checkPin = async (pin: Uint8Array) => {
    using _ = await guess(methods.kdf, lockedOut, known, pinSlot(), pin)
  }
  const names = () => known.header.slots.map((slot) => slot.method)
  return {
    // Alone even while a person is at a prompt: a phone makes its key anew for each slot, and replaces the one before.
    add: (method, pin) =>
      known.alone(async () => {
        const { slots } = known.header
        if (slots.some((slot) => slot.method === method))
          throw new Refusal('rejected', { reason: `there is a slot '${method}' already` })
        using made = await createSlot(methods, id, vaultKey, method, pin)
        await move([...slots, made.slot], { secrets: made.secrets })
      }),
    remove: (method) =>
      known.alone(async () => {
        const { slots } = known.header
        const left = slots.filter((slot) => slot.method !== method)
        if (left.length === slots.length) throw new Refusal('not-found', { reason: `there is no slot '${method}'` })
        if (left.length === 0) throw new Refusal('rejected', { reason: 'nothing would open the vault any more' })
        const anchored = method === 'keyring' || method === 'keyring-pin'
        const failures = method === 'keyring-pin' ? 0 : known.anchor.failures
        await move(left, { failures, ...(anchored ? { secrets: { [method]: null } } : {}) })
        const { biometric } = methods
        if (method === 'biometric' && biometric !== undefined)
          await trying("the phone's key could not be removed", () => biometric.discard(biometricLabel(id)))
      }),
    methods: async () => ((await known.headerCounts()) ? names() : known.alone(async () => names())),
    changePin: (pin, next) =>
      known.alone(async () => {
        requirePin(next)
        const old = pinSlot()
        await checkPin(requirePin(pin))
        const cost = costAfter(methods.cost, old.kdf)
        using made = await createSlot({ ...methods, cost }, id, vaultKey, 'keyring-pin', next)
        const slots = known.header.slots.map((slot) => (slot === old ? made.slot : slot))
        await move(slots, { secrets: made.secrets, failures: 0 })
      }),
    checkPin: (pin) => known.alone(() => checkPin(pin)),
  }
}
