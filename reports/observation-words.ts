import type { Observation } from '../harness/contract/history.ts'
import { count, number } from './count.ts'
import { oneLine } from './printable.ts'

/** Where something lay, as people call it. */
function placeOf({ in: place, where }: Observation & { readonly probe: 'leak' }): string {
  const name = oneLine(where)
  switch (place) {
    case 'file':
      return `the file ${name}`
    case 'output':
      return name === 'log' ? 'the log' : name
    default:
      return name
  }
}

/** What the harness saw with its own eyes. */
export function observed(observation: Observation): string {
  switch (observation.probe) {
    case 'leak':
      return `Found ${observation.secret === 'pin' ? 'PIN' : 'secret'} #${observation.canary} in ${placeOf(observation)}, where none may be (written as ${oneLine(observation.encoding)})`
    case 'log-sweep':
      return `Searched ${count(observation.bytes, 'byte')} of what the vault had written to its outputs`
    case 'file-sweep':
      return `Searched ${count(observation.files, 'file')} of the vault (${count(observation.bytes, 'byte')})`
    case 'keyring-sweep':
      return `Searched ${count(observation.bytes, 'byte')} of labels and attributes of the keyring's items`
    case 'ciphertexts':
      return `Compared ${count(observation.pairs, 'pair')} of writes by what lay in the files: ${observation.sharing} shared a keystream, ${observation.repeated} held the same bytes for the same value`
    case 'process-sweep':
      return `Searched ${count(observation.bytes, 'byte')} of arguments and environments of the vault's processes`
    case 'files': {
      const [first] = observation.open
      const told = `Looked at who may use ${count(observation.files, 'file')} of the vault`
      return first === undefined
        ? told
        : `${told}: others may use ${oneLine(first.where)} (mode ${first.mode.toString(8)})`
    }
    case 'memory': {
      const [first] = observation.found
      const found =
        first === undefined
          ? 'and found none'
          : `and found ${first.secret === 'pin' ? 'PIN' : 'secret'} #${first.canary} (as ${oneLine(first.encoding)})`
      return `Searched the memory of the vault's process for ${count(observation.sought, 'secret')} ${found}`
    }
    case 'availability-footprint':
      return (
        `Counted the keyring's items around that question: ${observation.before} before, ${observation.after} after, ` +
        `and ${count(observation.secretReads, 'secret')} read`
      )
    case 'kept-items':
      return `Counted what the phone keeps for the app: ${count(observation.before, 'item')} before that call, ${observation.after} after it`
    case 'asked-again':
      return (
        `Saw the person asked again after they had dismissed a prompt: ${count(observation.first, 'step')} came before the ` +
        `first, and ${count(observation.again, 'step')} before the other`
      )
    case 'backup':
      return `Saw a backup restored, with ${count(observation.items, 'item')} of the app in it`
    case 'misuse':
      return `Saw the app break a rule of ${oneLine(observation.call)}: ${oneLine(observation.rule)}`
    case 'ended':
      return "Saw the vault's process end by itself"
    case 'main-thread-held':
      return "Saw the app's main thread wait for the person, so that the app could do nothing else"
    case 'kdf':
      return (
        `Saw a key derived by ${oneLine(observation.algorithm)} with ${number(observation.memoryKiB)} KiB, ` +
        `${count(observation.iterations, 'pass', 'passes')}, ${count(observation.parallelism, 'lane')} and a salt of ${count(observation.saltBytes, 'byte')}`
      )
  }
}
