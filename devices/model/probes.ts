import type { Control } from '../../harness/contract/controls.ts'
import type { MachineFacet } from '../../harness/contract/environment.ts'
import { settling } from '../simulation/settling.ts'
import { confirmingPerson, copiedItems, swappedKeyring, unlockPrompts } from './keyring-probes.ts'
import { type Bench, disproven, failedWith, item, must, newer, ours, type Probe, proven, same, told } from './probe.ts'
import { capturedOutput, countedItems, observedKdf, searchedFiles, seenAttributes } from './sight-probes.ts'

const keptItem: Probe = async (bench) => {
  const { keyring } = bench.ports
  await settling(keyring.set(item(bench, 'kept'), ours))
  const seen = await settling(keyring.get(item(bench, 'kept')))
  return same(seen, ours)
    ? proven('an item was set and read back unchanged')
    : disproven(`an item was set; reading it ${told(seen)}`)
}

const lockRefuses: Probe = async (bench) => {
  const { keyring } = bench.ports
  await settling(keyring.set(item(bench, 'locked'), ours))
  await must(bench, { control: 'lock-keyring' })
  const shut = await settling(keyring.get(item(bench, 'locked')))
  await must(bench, { control: 'unlock-keyring' })
  const open = await settling(keyring.get(item(bench, 'locked')))
  return failedWith(shut, 'locked') && same(open, ours)
    ? proven('a read was refused while locked, and gave the item after the unlock')
    : disproven(`a read while locked ${told(shut)}, after the unlock it ${told(open)}`)
}

const noPrompter: Probe = async (bench) => {
  const { keyring } = bench.ports
  await must(bench, { control: 'lock-keyring' })
  const seen = [
    await settling(keyring.set(item(bench, 'prompt'), ours)),
    await settling(keyring.get(item(bench, 'prompt'))),
    await settling(keyring.delete(item(bench, 'prompt'))),
    await settling(keyring.find(bench.namespace)),
  ]
  return seen.every((one) => failedWith(one, 'locked'))
    ? proven('set, get, delete and find on a locked collection each failed at once: nobody answered a prompt')
    : disproven(`set, get, delete and find on a locked collection: ${seen.map(told).join(', ')}`)
}

const absence: Probe = async (bench) => {
  const { keyring } = bench.ports
  await settling(keyring.set(item(bench, 'absent'), ours))
  await must(bench, { control: 'stop-keyring' })
  const gone = await settling(keyring.get(item(bench, 'absent')))
  await must(bench, { control: 'start-keyring' })
  const back = await settling(keyring.get(item(bench, 'absent')))
  return failedWith(gone, 'absent') && same(back, ours)
    ? proven('a read failed as absent while stopped, and gave the item once started')
    : disproven(`a read while stopped ${told(gone)}, once started it ${told(back)}`)
}

/** Whether an act ends the keyring's process: its session collection must be gone, its login collection not. */
const keyringEnds = async (bench: Bench, control: Control): Promise<string | null> => {
  const { keyring } = bench.ports
  await settling(keyring.set({ ...item(bench, 'memory'), collection: 'session' }, ours))
  await settling(keyring.set(item(bench, 'disk'), ours))
  await must(bench, control)
  const memory = await settling(keyring.get({ ...item(bench, 'memory'), collection: 'session' }))
  const disk = await settling(keyring.get(item(bench, 'disk')))
  const ended = memory.is === 'answered' && memory.value === null && same(disk, ours)
  return ended ? null : `the session item ${told(memory)}, the login item ${told(disk)}`
}

const keyringRestart: Probe = async (bench) => {
  const wrong = await keyringEnds(bench, { control: 'restart-keyring' })
  return wrong === null
    ? proven('after the restart the session item was gone and the login item was there')
    : disproven(`after the restart ${wrong}`)
}

const machineRestart: Probe = async (bench) => {
  const { device, ports } = bench
  await settling(ports.files.write('unsynced', ours))
  const before = device.boot()
  const wrong = await keyringEnds(bench, { control: 'restart-machine' })
  const file = await settling(ports.files.read('unsynced'))
  const boots = device.boot() - before
  if (wrong !== null || boots !== 1 || !same(file, ours))
    return disproven(`${boots} boots were counted, a file ${told(file)}, ${wrong ?? 'the keyring was as it should be'}`)
  const states: string[] = []
  for (const keyring of ['locked', 'absent'] as const) {
    await must(bench, { control: 'restart-machine', keyring })
    states.push(told(await settling(ports.keyring.get(item(bench, 'disk')))))
  }
  return states.join(', ') === 'failed (locked), failed (absent)'
    ? proven(
        'one more boot was counted, the session item was gone, the login item and an unsynced file were there; ' +
          'the keyring was locked, and then absent, where that was asked for',
      )
    : disproven(`started with a locked and with an absent keyring, a read ${states.join(', ')}`)
}

/** Old content synced, new content unsynced in place and under a renamed file: what is left of each? */
const afterCut = async (bench: Bench, loses: 'all' | 'contents') => {
  const { files } = bench.ports
  await settling(files.write('target', ours))
  await settling(files.sync('target'))
  await settling(files.syncDirectory())
  await settling(files.write('draft', newer))
  await settling(files.rename('draft', 'target'))
  const before = await settling(files.read('target'))
  await must(bench, { control: 'cut-power', loses })
  return { before, after: await settling(files.read('target')), names: await settling(files.list()) }
}

const powerCut: Probe = async (bench) => {
  const all = await afterCut(bench, 'all')
  await bench.device.restore()
  const contents = await afterCut(bench, 'contents')
  await bench.device.restore()
  const { files } = bench.ports
  await settling(files.write('kept', ours))
  await settling(files.sync('kept'))
  await settling(files.syncDirectory())
  await must(bench, { control: 'cut-power', loses: 'all' })
  const kept = await settling(files.read('kept'))
  const lost = same(all.before, newer) && same(all.after, ours) && same(contents.after, new Uint8Array(0))
  return lost && same(kept, ours)
    ? proven('an unsynced rename was undone or left an empty file, as asked; a synced file was kept')
    : disproven(
        `after an unsynced rename the file ${told(all.after)} (loses all) and ${told(contents.after)} (loses contents); ` +
          `a synced file ${told(kept)}`,
      )
}

const processDeath: Probe = async (bench) => {
  const { effects, ports } = bench
  effects.hold(true)
  const write = ports.files.write('held', ours)
  const waiting = effects.pending()
  effects.drop()
  effects.hold(false)
  const heard = await settling(write)
  const file = await settling(ports.files.read('held'))
  effects.arm(0, () => {})
  const struck = await settling(ports.files.write('struck', ours))
  const after = await settling(ports.files.write('after', ours))
  effects.drop()
  const names = await settling(ports.files.list())
  const nothing = names.is === 'answered' && names.value.length === 0
  return waiting === 1 && heard.is === 'waiting' && struck.is === 'waiting' && after.is === 'waiting' && nothing
    ? proven(
        'effects that waited at the death, were struck by it or came after it neither happened nor were answered; ' +
          'the session then opens the vault anew, so that what its instance held is gone',
      )
    : disproven(
        `effects at the death: waiting one ${told(heard)}, struck one ${told(struck)}, later one ${told(after)}; ` +
          `the waiting file ${told(file)}, names: ${told(names)}`,
      )
}

const orderedEffects: Probe = async ({ effects, ports }) => {
  const order: string[] = []
  effects.hold(true)
  for (const name of ['first', 'second', 'third']) {
    void ports.files.write(name, ours).then(() => order.push(name))
  }
  const waiting = effects.pending()
  await settling(Promise.resolve())
  const early = order.length
  for (const index of [1, 1, 0]) {
    if (index < effects.pending()) effects.complete(index)
    await settling(Promise.resolve())
  }
  effects.hold(false)
  const names = await settling(ports.files.list())
  const listed = names.is === 'answered' ? names.value.join(' ') : told(names)
  const wanted = 'second third first'
  return waiting === 3 && early === 0 && order.join(' ') === wanted && listed === wanted
    ? proven('three writes waited, and were answered and happened in the order second, third, first, as asked')
    : disproven(`${waiting} of 3 writes waited; asked for '${wanted}', answered '${order.join(' ')}', done '${listed}'`)
}

const wipedKeyring: Probe = async (bench) => {
  const { keyring } = bench.ports
  await settling(keyring.set(item(bench, 'wiped'), ours))
  const before = await settling(keyring.get(item(bench, 'wiped')))
  await must(bench, { control: 'wipe-keyring' })
  const after = await settling(keyring.get(item(bench, 'wiped')))
  const gone = after.is === 'answered' && after.value === null
  return same(before, ours) && gone
    ? proven('an item was set, the keyring was wiped, and the item was gone')
    : disproven(`reading an item ${told(before)}, after the wipe it ${told(after)}`)
}

const reachableFiles: Probe = async (bench) => {
  const { files } = bench.ports
  await settling(files.write('probe', ours))
  await must(bench, { control: 'copy-files' })
  await must(bench, { control: 'damage-file', how: 'flip', file: 0, at: 0 })
  const damaged = await settling(files.read('probe'))
  await must(bench, { control: 'restore-files' })
  const back = await settling(files.read('probe'))
  const changed = damaged.is === 'answered' && damaged.value !== null && !same(damaged, ours)
  return changed && same(back, ours)
    ? proven('a file of ours was copied, damaged and put back')
    : disproven(`after the damage reading ${told(damaged)}, after putting the copy back it ${told(back)}`)
}

const severalProcesses: Probe = async (bench) => {
  const { device, namespace, ports } = bench
  const other = device.severalProcesses === true ? device.inProcess?.(namespace).ports : undefined
  if (other === undefined) return disproven('the device gives ports to one process at a time')
  await settling(ports.files.write('shared', ours))
  await settling(ports.keyring.set(item(bench, 'shared'), ours))
  const file = await settling(other.files.read('shared'))
  const kept = await settling(other.keyring.get(item(bench, 'shared')))
  const mine = await settling(ports.files.lock('lock'))
  const theirs = other.files.lock('lock')
  const early = await settling(theirs)
  if (mine.is === 'answered') await mine.value?.release()
  const late = await settling(theirs)
  const inTurn = early.is === 'waiting' && late.is === 'answered' && late.value !== null
  return same(file, ours) && same(kept, ours) && inTurn
    ? proven('a second process read the file and the item of the first, and got its lock once that was released')
    : disproven(
        `a second process: the file of the first ${told(file)}, its item ${told(kept)}, its lock ` +
          `${early.is === 'waiting' ? 'waited for' : 'not waited for'} and then ${late.is === 'waiting' ? 'never got' : 'settled'}`,
      )
}

const appUpdates: Probe = async (bench) => {
  const release = () => bench.device.inProcess?.(bench.namespace).release ?? 0
  await settling(bench.ports.files.write('older', ours))
  const before = release()
  await must(bench, { control: 'update-app' })
  const newer = release() - before
  const file = await settling(bench.ports.files.read('older'))
  await must(bench, { control: 'downgrade-app' })
  const back = release() - before
  return newer === 1 && back === 0 && same(file, ours)
    ? proven(
        'the next process was told that it is one release newer, and a file of the older one was there; after a step back the older one ran again',
      )
    : disproven(
        `the next process was told that it is ${newer} releases newer, after a step back ${back}, and a file of the older one ${told(file)}`,
      )
}

/** One probe for each facet: our own calls on the ports, and what was seen, in words. */
export const probes: Readonly<Record<MachineFacet, Probe>> = {
  'process-death': processDeath,
  'machine-restart': machineRestart,
  'kernel-reboot': async () => ({ is: 'unproven', why: 'the machine is simulated: there is no kernel to boot' }),
  'kernel-keyring-kept': async () => ({ is: 'unproven', why: 'the machine is simulated: there is no kernel' }),
  'power-cut': powerCut,
  'keyring-present': keptItem,
  'keyring-locks': lockRefuses,
  'keyring-absent': absence,
  'keyring-restart': keyringRestart,
  'keyring-wiped': wipedKeyring,
  'login-opens-keyring': async () => ({ is: 'unproven', why: 'the machine is simulated: nobody logs in' }),
  'no-prompter': noPrompter,
  'keyring-prompts': unlockPrompts,
  'confirming-person': confirmingPerson,
  'keyring-copies': copiedItems,
  'keyring-swapped': swappedKeyring,
  'wrong-password-refused': async () => ({ is: 'unproven', why: 'the simulated keyring has no password' }),
  'played-prompter': async () => ({ is: 'unproven', why: 'the person is played by controls of each prompt here' }),
  'bus-stopped': async () => ({ is: 'unproven', why: 'the simulated keyring is on no bus' }),
  'disk-filled': async () => ({ is: 'unproven', why: 'a simulated disk has room without end' }),
  'home-protected': async () => ({ is: 'unproven', why: 'files of a simulated disk have no modes' }),
  'ordered-effects': orderedEffects,
  'captured-output': capturedOutput,
  'searched-files': searchedFiles,
  'seen-attributes': seenAttributes,
  'reachable-files': reachableFiles,
  'several-processes': severalProcesses,
  'app-updates': appUpdates,
  'observed-kdf': observedKdf,
  'counted-items': countedItems,
  'file-modes': async () => ({ is: 'unproven', why: 'files of a simulated disk have no modes' }),
  'seen-processes': async () => ({ is: 'unproven', why: 'the vault runs in our own process and starts none here' }),
  'readable-memory': async () => ({
    is: 'unproven',
    why: 'the vault runs in our own process, which knows the secrets',
  }),
}
