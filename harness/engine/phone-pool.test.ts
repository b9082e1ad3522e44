import { expect, test } from 'vitest'
import { createPhonePool } from './phone-pool.ts'

const phones = [{ name: 'a' }, { name: 'b' }]
const none: ReadonlySet<string> = new Set()
const never = async () => false

test('the phone that waited longest is taken first, and who finds none waits', async () => {
  const pool = createPhonePool(phones, never)
  const [a, b] = [await pool.take(none), await pool.take(none)]
  expect([a?.name, b?.name]).toEqual(['a', 'b'])
  const third = pool.take(none)
  if (b !== null) pool.give(b, 'worked')
  expect((await third)?.name).toBe('b')
})

test('more are taken at once only where they are free and nobody waits', async () => {
  const pool = createPhonePool([{ name: 'a' }, { name: 'b' }, { name: 'c' }], never)
  const first = await pool.take(none)
  expect(pool.takeFree(1).map(({ name }) => name)).toEqual(['b'])
  expect(pool.takeFree(5).map(({ name }) => name)).toEqual(['c'])
  const waiting = pool.take(none)
  if (first !== null) pool.give(first, 'worked')
  expect((await waiting)?.name).toBe('a')
  expect(pool.takeFree(1)).toEqual([])
})

test('one that fails twice in a row is set aside; one that works in between is not', async () => {
  const pool = createPhonePool([{ name: 'a' }], async () => true)
  for (const came of ['failed', 'worked', 'failed'] as const) {
    const phone = await pool.take(none)
    if (phone !== null) pool.give(phone, came)
  }
  expect(pool.aside()).toEqual([])
  const phone = await pool.take(none)
  if (phone !== null) pool.give(phone, 'failed')
  expect(pool.aside()).toEqual(['a'])
})

test('a probe brings it back, once, and one more failure sets it aside again', async () => {
  let asked = 0
  const pool = createPhonePool([{ name: 'a' }], async () => ++asked === 2)
  for (const _ of [1, 2]) {
    const phone = await pool.take(none)
    if (phone !== null) pool.give(phone, 'failed')
  }
  expect(await pool.take(none)).toBeNull()
  const back = await pool.take(none)
  expect(back?.name).toBe('a')
  if (back !== null) pool.give(back, 'failed')
  expect(pool.aside()).toEqual(['a'])
})

test('nobody is asked twice who failed for the same target', async () => {
  const pool = createPhonePool(phones, never)
  const first = await pool.take(none)
  if (first !== null) pool.give(first, 'failed')
  const second = await pool.take(new Set(['a']))
  expect(second?.name).toBe('b')
  if (second !== null) pool.give(second, 'failed')
  expect(await pool.take(new Set(['a', 'b']))).toBeNull()
})

test('who waits for a phone that then is set aside is told that there is none', async () => {
  const pool = createPhonePool([{ name: 'a' }], never)
  const first = await pool.take(none)
  if (first !== null) pool.give(first, 'failed')
  const again = await pool.take(none)
  const waiting = pool.take(none)
  if (again !== null) pool.give(again, 'failed')
  expect(await waiting).toBeNull()
})
