import { beforeEach, expect, test } from 'vitest'
import { KeyringError } from '../../harness/contract/platforms/desktop.ts'
import { createItems } from './items.ts'

const one = { service: 'run/vault', account: 'a' }
const bytes = (value: number) => Uint8Array.of(value)
let items = createItems()
/** What each copy holds, the one changed last first. */
const held = () =>
  [...items.copies(one)]
    .sort((a, b) => b.changedAt - a.changedAt)
    .map(({ id: copy }) => items.get({ ...one, copy })?.[0])
beforeEach(() => {
  items = createItems()
  items.set(one, bytes(1))
  items.set(one, bytes(2))
})

test('one item is one, and is meant without being named', () => {
  expect(items.copies(one)).toHaveLength(1)
  expect(items.get(one)).toEqual(bytes(2))
})

test('an older copy holds what was before the last change, and is found first', () => {
  expect(items.duplicate('run/', 'older')).toBe(2)
  expect(held()).toEqual([2, 1])
  const [first] = items.copies(one)
  expect(items.get({ ...one, copy: first?.id })).toEqual(bytes(1))
})

test('a newer copy holds what the item holds; one of an item that was written once holds that', () => {
  items.duplicate('run/', 'newer')
  expect(held()).toEqual([2, 2])
  items.set({ service: 'run/other', account: 'b' }, bytes(7))
  items.duplicate('run/other', 'older')
  expect(items.count('run/other')).toBe(2)
  expect(items.copies(one)).toHaveLength(2)
})

test('of several, none is meant that is not named', () => {
  items.duplicate('run/', 'older')
  for (const call of [() => items.get(one), () => items.set(one, bytes(3)), () => items.delete(one)])
    expect(call).toThrow(KeyringError)
})

test('a named one is read, replaced and deleted alone', () => {
  items.duplicate('run/', 'older')
  const [older, newer] = items.copies(one)
  items.set({ ...one, copy: newer?.id }, bytes(3))
  expect(held()).toEqual([3, 1])
  expect(items.delete({ ...one, copy: older?.id })).toBe(true)
  expect(items.delete({ ...one, copy: older?.id })).toBe(false)
  expect(items.get({ ...one, copy: older?.id })).toBeNull()
  expect(items.get(one)).toEqual(bytes(3))
})

test('one that is gone is made anew', () => {
  items.set({ ...one, copy: 'gone' }, bytes(9))
  expect(held()).toEqual([9, 2])
})
