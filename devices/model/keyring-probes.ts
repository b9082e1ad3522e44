import { settling } from '../simulation/settling.ts'
import { type Bench, disproven, failedWith, item, must, newer, ours, type Probe, proven, same, told } from './probe.ts'

/** What asking to unlock ends in, where a person does this about the prompt. */
const asked = async ({ ports }: Bench, act: () => Promise<unknown>): Promise<string> => {
  const asking = ports.keyring.unlock?.(60_000)
  await act()
  return asking === undefined ? 'no prompt at all' : told(await settling(asking))
}

export const unlockPrompts: Probe = async (bench) => {
  const { device, ports } = bench
  const { prompts } = device
  await settling(ports.keyring.set(item(bench, 'prompt'), ours))
  await must(bench, { control: 'lock-keyring' })
  const dismissed = await asked(bench, () => must(bench, { control: 'cancel-prompt', by: 'dismissal' }))
  const left = await asked(bench, () => must(bench, { control: 'time-out-prompt' }))
  const shut = await settling(ports.keyring.get(item(bench, 'prompt')))
  const answered = await asked(bench, async () => prompts?.answer())
  const open = await settling(ports.keyring.get(item(bench, 'prompt')))
  const ends = [dismissed, left, answered].join(', ')
  return ends === 'answered "dismissed", answered "unanswered", answered "unlocked"' &&
    failedWith(shut, 'locked') &&
    same(open, ours)
    ? proven('asking to unlock was dismissed, left alone and answered, as we chose; only the last opened the keyring')
    : disproven(`asking to unlock ${ends}; reading before the last ${told(shut)}, after it ${told(open)}`)
}

/** Whether each thing that the person is asked to confirm is a prompt of its own, and ends as we choose. */
export const confirmingPerson: Probe = async ({ device, ports }) => {
  const { prompts } = device
  const confirm = async (act: () => Promise<unknown>): Promise<string> => {
    const asking = ports.person?.confirm('a probe', 60_000)
    await act()
    return asking === undefined ? 'no prompt at all' : told(await settling(asking))
  }
  const dismissed = await confirm(() => device.apply({ control: 'cancel-prompt', by: 'dismissal' }))
  const left = await confirm(() => device.apply({ control: 'time-out-prompt' }))
  const answered = await confirm(async () => prompts?.answer())
  const second = ports.person?.confirm('another', 60_000)
  const stillUp = second !== undefined && prompts?.up() === true
  prompts?.answer()
  const ends = [dismissed, left, answered].join(', ')
  return stillUp && ends === 'answered "dismissed", answered "unanswered", answered "confirmed"'
    ? proven('asking to confirm was dismissed, left alone and confirmed, as we chose; the next was asked anew')
    : disproven(`asking to confirm ${ends}; the next ${stillUp ? 'was asked anew' : 'showed no prompt'}`)
}

export const copiedItems: Probe = async (bench) => {
  const { keyring } = bench.ports
  const one = item(bench, 'copied')
  await settling(keyring.set(one, ours))
  await settling(keyring.set(one, newer))
  await must(bench, { control: 'duplicate-items', age: 'older' })
  const several = await settling(keyring.get(one))
  const copies = (await keyring.copies?.(one)) ?? []
  const seen: string[] = []
  for (const { id: copy } of [...copies].sort((a, b) => a.changedAt - b.changedAt)) {
    const held = await settling(keyring.get({ ...one, copy }))
    seen.push(same(held, ours) ? 'old' : same(held, newer) ? 'new' : told(held))
  }
  return failedWith(several, 'ambiguous') && seen.join(' ') === 'old new'
    ? proven('an item had two copies after another program added an older one, and each was read by itself')
    : disproven(`with a copy added, reading ${told(several)}; the copies by their dates: ${seen.join(' ')}`)
}

export const swappedKeyring: Probe = async (bench) => {
  const { keyring } = bench.ports
  await settling(keyring.set(item(bench, 'first'), ours))
  await must(bench, { control: 'swap-keyring' })
  const other = await settling(keyring.get(item(bench, 'first')))
  await settling(keyring.set(item(bench, 'first'), newer))
  await must(bench, { control: 'swap-keyring' })
  const back = await settling(keyring.get(item(bench, 'first')))
  return other.is === 'answered' && other.value === null && same(back, ours)
    ? proven('another provider had nothing of an item, and kept one of its own; the first then gave its own again')
    : disproven(`at another provider reading an item ${told(other)}, back at the first it ${told(back)}`)
}
