import { expect, test } from 'vitest'
import { accessControlFlags as flag, type KeychainQuery } from '../../../harness/contract/platforms/ios.ts'
import { heard, item, reading, samplePhone, secret } from './sample-phone.ts'

const plain: KeychainQuery = { ...item, valueData: secret }
const guarded = (flags: number, accessible = 'WhenUnlockedThisDeviceOnly' as const): KeychainQuery => ({
  ...plain,
  accessControl: { accessible, flags },
})
const right = { control: 'touch', finger: 'right' } as const

test('an item comes back as it was, and neither side can write into the other’s bytes', async () => {
  const { app } = await samplePhone()
  const given = secret.slice()
  await app().keychain.add({ ...item, label: 'label', generic: 'generic', valueData: given })
  given.fill(0)
  const first = await app().keychain.copyMatching(reading)
  first.items[0]?.data?.fill(0)
  const second = await app().keychain.copyMatching(reading)
  expect(second).toEqual({ status: 0, items: [{ ...item, label: 'label', generic: 'generic', data: secret }] })
  const without = await app().keychain.copyMatching(item)
  expect(without.items[0]?.data).toBeNull()
})

test('a query matches where every attribute that it names is equal', async () => {
  const { app } = await samplePhone()
  const { keychain } = app()
  const there = guarded(flag.biometryCurrentSet)
  await keychain.add({ ...there, label: 'l', generic: 'g' })
  const misses: readonly KeychainQuery[] = [
    { ...item, account: 'b' },
    { ...item, service: 'other' },
    { ...item, label: 'other' },
    { ...item, generic: 'other' },
    { ...item, accessible: 'WhenUnlocked' },
    { ...item, valueData: Uint8Array.of(7, 7) },
    { ...item, valueData: Uint8Array.of(7, 7, 8) },
    guarded(flag.biometryAny),
    guarded(0),
  ]
  for (const query of misses) expect(await keychain.delete(query)).toBe(-25300)
  expect(await keychain.delete({ ...there, label: 'l', generic: 'g' })).toBe(0)
  expect(await keychain.delete(item)).toBe(-25300)
})

test('service and account name an item: another of them is a duplicate, whatever else it says', async () => {
  const { app } = await samplePhone()
  const { keychain } = app()
  expect(await keychain.add(plain)).toBe(0)
  expect(await keychain.add({ ...guarded(flag.biometryAny), label: 'other' })).toBe(-25299)
  expect(await keychain.add({ ...plain, account: 'b' })).toBe(0)
  expect(await keychain.update({ ...item, account: 'b' }, { account: 'a' })).toBe(-25299)
  expect(await keychain.update(item, { account: 'c' })).toBe(0)
  expect(await heard(keychain.copyMatching({ service: 'sample' }))).toBe(1)
  expect(await heard(keychain.copyMatching({ service: 'sample', all: true }))).toBe(2)
})

test('what makes no sense is refused', async () => {
  const { app } = await samplePhone()
  const { keychain } = app()
  expect(await keychain.add({ ...guarded(0), accessible: 'WhenUnlocked' })).toBe(-50)
  expect(await keychain.add(guarded(flag.biometryAny | flag.devicePasscode))).toBe(-50)
  expect(await keychain.add({ ...plain, accessGroup: 'somebody-else' })).toBe(-34018)
  expect(await keychain.delete({ ...item, accessGroup: 'somebody-else' })).toBe(-34018)
  expect(await keychain.update(item, plain)).toBe(-25300)
  expect(await heard(keychain.copyMatching(reading))).toBe(-25300)
})

test('adding and deleting ask nobody, reading and updating do, once each', async () => {
  const { app, act, phases } = await samplePhone()
  const { keychain } = app()
  expect(await keychain.add(guarded(flag.biometryCurrentSet))).toBe(0)
  const read = keychain.copyMatching(reading)
  expect(await heard(read)).toBe('waiting')
  await act(right)
  expect(await heard(read)).toBe(1)
  const update = keychain.update(item, { valueData: Uint8Array.of(9) })
  expect(await heard(update)).toBe('waiting')
  await act(right)
  expect(await heard(update)).toBe(0)
  expect(await keychain.delete(item)).toBe(0)
  expect(phases).toEqual(['0 shown', '0 matched', '1 shown', '1 matched'])
})

test('a search without a prompt says that there is something, and that it would have to ask', async () => {
  const { app, phases } = await samplePhone()
  const { keychain } = app()
  expect(await heard(keychain.copyMatching({ ...item, noInterface: true }))).toBe(-25300)
  await keychain.add(guarded(flag.biometryAny))
  expect(await heard(keychain.copyMatching({ ...item, noInterface: true }))).toBe(-25308)
  const context = app().laContext()
  context.interactionNotAllowed = true
  expect(await heard(keychain.copyMatching({ ...item, context }))).toBe(-25308)
  expect(phases).toEqual([])
})

test('an item for biometry and passcode asks for both, in one prompt', async () => {
  const { app, act, prompts, phases } = await samplePhone()
  await app().keychain.add(guarded(flag.biometryAny | flag.and | flag.devicePasscode))
  const read = app().keychain.copyMatching(reading)
  await act(right)
  expect([prompts.up(), await heard(read)]).toEqual([true, 'waiting'])
  expect(await act(right)).toBe('skipped')
  expect(prompts.answer()).toBe(true)
  expect(await heard(read)).toBe(1)
  expect(phases).toEqual(['0 shown', '0 matched'])
})

test('a context that was evaluated is not asked for again, where it proved what the item wants', async () => {
  const { app, act, device, prompts, phases } = await samplePhone()
  const { keychain } = app()
  await keychain.add(guarded(flag.biometryCurrentSet))
  await device.apply({ control: 'lock-out', how: 'permanent' })
  const byPasscode = app().laContext()
  const evaluated = byPasscode.evaluatePolicy('deviceOwnerAuthentication', 'test')
  expect(prompts.answer()).toBe(true)
  expect(await evaluated).toBeNull()
  // The passcode has ended the lockout; it was no finger.
  const read = keychain.copyMatching({ ...reading, context: byPasscode })
  expect(await heard(read)).toBe('waiting')
  await act(right)
  expect(await heard(read)).toBe(1)
  expect(await heard(keychain.copyMatching({ ...reading, context: byPasscode }))).toBe(1)
  byPasscode.invalidate()
  expect(await heard(keychain.copyMatching({ ...reading, context: byPasscode }))).toBe(-25293)
  expect(phases.filter((phase) => phase.endsWith('shown'))).toHaveLength(2)
})

test('a finger that a context proved is not asked for again beside the passcode', async () => {
  const { app, act, prompts, phases } = await samplePhone()
  await app().keychain.add(guarded(flag.biometryAny | flag.and | flag.devicePasscode))
  const context = app().laContext()
  const evaluated = context.evaluatePolicy('deviceOwnerAuthenticationWithBiometrics', 'test')
  await act(right)
  expect(await evaluated).toBeNull()
  const read = app().keychain.copyMatching({ ...reading, context })
  expect(await act(right)).toBe('skipped')
  prompts.answer()
  expect(await heard(read)).toBe(1)
  expect(phases).toEqual(['0 shown', '0 matched', '1 shown', '1 matched'])
})

test('an update is of all items that match', async () => {
  const { app } = await samplePhone()
  const { keychain } = app()
  for (const account of ['a', 'b']) await keychain.add({ ...plain, account })
  expect(await keychain.update({ service: 'sample' }, { label: 'new' })).toBe(0)
  expect(await heard(keychain.copyMatching({ label: 'new', all: true }))).toBe(2)
})

test('a forged context opens nothing: the person is asked', async () => {
  const { app, act } = await samplePhone()
  const { keychain } = app()
  await keychain.add(guarded(flag.biometryAny))
  const context = app().laContext()
  const evaluated = context.evaluatePolicy('deviceOwnerAuthenticationWithBiometrics', 'test')
  await act({ control: 'forge-match' })
  expect(await evaluated).toBeNull()
  const read = keychain.copyMatching({ ...reading, context })
  expect(await heard(read)).toBe('waiting')
  await act({ control: 'forge-match' })
  expect(await heard(read)).toBe(-25293)
})

test('what was asked for can be gone once the person is recognised', async () => {
  const { app, act, effects } = await samplePhone()
  await app().keychain.add(guarded(flag.biometryCurrentSet))
  effects.hold(true)
  const read = app().keychain.copyMatching(reading)
  effects.complete(0)
  await act(right)
  expect(effects.pending()).toBe(1)
  await act({ control: 'enrol', what: 'finger' })
  effects.complete(0)
  expect(await heard(read)).toBe(-25300)
})

test('an update to another access control binds the item anew', async () => {
  const { app, act } = await samplePhone()
  const { keychain } = app()
  await keychain.add(plain)
  const accessControl = { accessible: 'WhenUnlocked', flags: flag.biometryCurrentSet } as const
  expect(await keychain.update(item, { accessControl })).toBe(0)
  expect(await heard(keychain.copyMatching({ ...item, noInterface: true }))).toBe(-25308)
  await act({ control: 'enrol', what: 'finger' })
  expect(await heard(keychain.copyMatching(item))).toBe(-25300)
})

test('a search for all asks once, and gives all that it found', async () => {
  const { app, act, phases } = await samplePhone()
  const { keychain } = app()
  await keychain.add(guarded(flag.biometryAny))
  await keychain.add({ ...guarded(flag.biometryCurrentSet), account: 'b' })
  await keychain.add({ ...plain, account: 'c' })
  const read = keychain.copyMatching({ service: 'sample', all: true, returnData: true })
  await act(right)
  expect(await heard(read)).toBe(3)
  expect(phases).toEqual(['0 shown', '0 matched'])
})

test('what cannot be asked is refused at once, also while another prompt is up', async () => {
  const { app, act, prompts } = await samplePhone()
  await app().keychain.add(guarded(flag.biometryAny))
  await act({ control: 'unenrol', which: 'all' })
  void app().laContext().evaluatePolicy('deviceOwnerAuthentication', 'test')
  expect(await heard(app().keychain.copyMatching(reading))).toBe(-25293)
  expect(prompts.up()).toBe(true)
})

test('a search for all is refused where one of them is closed', async () => {
  const { app, act } = await samplePhone()
  await app().keychain.add({ ...plain, accessible: 'AfterFirstUnlock' })
  await app().keychain.add({ ...plain, account: 'b' })
  await act({ control: 'lock-screen' })
  expect(await heard(app().keychain.copyMatching(reading))).toBe(1)
  expect(await heard(app().keychain.copyMatching({ service: 'sample', all: true }))).toBe(-25308)
})

test('messages are in the phone’s language, for every status that it gives', async () => {
  const { app, act } = await samplePhone()
  const statuses = [0, -50, -128, -25293, -25299, -25300, -25308, -26275, -34018]
  const english = statuses.map((status) => app().keychain.errorMessage(status))
  await act({ control: 'change-language' })
  const german = statuses.map((status) => app().keychain.errorMessage(status))
  expect(new Set([...english, ...german]).size).toBe(2 * statuses.length)
  expect(english[3]).toBe('The user name or passphrase you entered is not correct.')
  expect(app().keychain.errorMessage(-1)).toBe('OSStatus -1')
})
