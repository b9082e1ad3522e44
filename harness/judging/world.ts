import type { Control } from '../contract/controls.ts'
import type { Description } from '../contract/description.ts'
import type { Outcome } from '../contract/history.ts'
import type { Operation, VaultState } from '../contract/operations.ts'

/** The state of what surrounds the entries, as the history tells it. */
export interface World {
  readonly keyring: 'unlocked' | 'locked' | 'absent'
  /** Always `unlocked` for a vault without a lifecycle. `unknown` after a lifecycle call whose end is not known. */
  readonly vault: VaultState | 'unknown'
  /** The vault's items were removed from the keyring. */
  readonly wiped: boolean
  /** Another keyring provider is in the place of the one that the vault used: for good, where that makes another vault. */
  readonly swapped: boolean
  /** The vault was closed before it got its keyring back, and has not been opened since. */
  readonly keyringBack: boolean
  /** Another program made copies of the vault's items in the keyring. */
  readonly copied: boolean
  /** A set-up or reset was killed: whether there is a vault is not known. */
  readonly halfSetUp: boolean
  /** Counts changes of either: a call that saw two of them saw a change. */
  readonly epoch: number
  control(what: Control): void
  /** A person unlocked the keyring. */
  unlocked(): void
  returned(op: Operation, outcome: Outcome): void
  /** Whether the vault says that it forgets at such a death. */
  forgets(death: 'process' | 'machine'): boolean
}

export function world(description: Description): World {
  const lifecycle = description.profiles.includes('lifecycle')
  let keyring: World['keyring'] = 'unlocked'
  let vault: World['vault'] = 'unlocked'
  let epoch = 0
  let wiped = false
  let halfSetUp = false
  let swapped = false
  let keyringBack = false
  let copied = false
  /** There are two vaults by now, or what the second keyring holds is not known. */
  let forGood = false
  const afterDeath = () => {
    if (lifecycle && vault === 'unlocked') vault = 'locked'
  }
  const afterCall = (op: Operation, outcome: Outcome & { is: 'ok' }): World['vault'] => {
    switch (op.op) {
      case 'setUp':
      case 'unlock':
        return 'unlocked'
      case 'lock':
        return vault === 'not-set-up' || (vault === 'unknown' && halfSetUp) ? vault : 'locked'
      case 'reset':
        return 'not-set-up'
      case 'state':
        return outcome.value as VaultState
      default:
        return vault
    }
  }
  /** Opening and locking make no vault where there is none. */
  const cutShort = ({ op }: Operation): World['vault'] =>
    op === 'state' || (vault === 'not-set-up' && op !== 'setUp' && op !== 'reset') ? vault : 'unknown'
  return {
    get keyring() {
      return keyring
    },
    get vault() {
      return vault
    },
    get wiped() {
      return wiped
    },
    get swapped() {
      return swapped
    },
    get keyringBack() {
      return keyringBack
    },
    get copied() {
      return copied
    },
    get halfSetUp() {
      return halfSetUp
    },
    get epoch() {
      return epoch
    },
    control(what) {
      switch (what.control) {
        case 'kill-app':
          afterDeath()
          break
        case 'restart-machine':
        case 'cut-power':
          afterDeath()
          keyring = (what.control === 'restart-machine' ? what.keyring : undefined) ?? 'unlocked'
          break
        case 'swap-keyring':
          afterDeath()
          keyring = 'unlocked'
          forGood ||= description.keyring !== 'unlock'
          swapped = forGood || !swapped
          keyringBack = !swapped
          break
        case 'duplicate-items':
          copied = true
          break
        case 'restore-files':
        case 'damage-file':
        case 'damage-log':
        case 'rewrite-log':
          afterDeath()
          break
        case 'wipe-keyring':
          if (!swapped) wiped = true
          break
        case 'lock-keyring':
          keyring = 'locked'
          break
        case 'stop-keyring':
        case 'stop-bus':
          keyring = 'absent'
          break
        case 'unlock-keyring':
        case 'restart-keyring':
        case 'start-keyring':
          keyring = 'unlocked'
          break
        case 'reboot':
        case 'update-app':
        case 'downgrade-app':
        case 'update-system':
          afterDeath()
          break
        case 'clear-data':
        case 'reinstall':
        case 'change-phone':
          if (lifecycle) vault = 'unknown'
          break
        // What is done to a phone is neither the keyring's nor the vault's.
        default:
          return
      }
      epoch++
    },
    unlocked() {
      keyring = 'unlocked'
      epoch++
    },
    returned(op, outcome) {
      if (!lifecycle) return
      if (swapped && (op.op === 'setUp' || op.op === 'reset') && outcome.is !== 'fail') forGood = true
      if (outcome.is === 'ok' && (op.op === 'setUp' || op.op === 'unlock')) keyringBack = false
      if (op.op === 'setUp' || op.op === 'reset') {
        halfSetUp = outcome.is === 'info' || (halfSetUp && outcome.is !== 'ok')
        if (outcome.is === 'ok') wiped = false
      }
      if (op.op === 'unlock' && outcome.is === 'ok') halfSetUp = false
      const changes =
        op.op === 'setUp' || op.op === 'unlock' || op.op === 'lock' || op.op === 'reset' || op.op === 'state'
      if (!changes) return
      const after = outcome.is === 'ok' ? afterCall(op, outcome) : outcome.is === 'info' ? cutShort(op) : vault
      if (after === vault) return
      vault = after
      epoch++
    },
    forgets: (death) =>
      description.durability === 'process' || (description.durability === 'until-reboot' && death === 'machine'),
  }
}
