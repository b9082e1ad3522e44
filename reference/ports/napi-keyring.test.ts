import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type PrivateSession, privateSession, privateSessionLacks } from '../../devices/host/private-session.ts'
import { connect } from '../../harness/dbus/connection.ts'
import { createItem, defaultCollection, openSession } from '../../harness/dbus/secret-service.ts'
import { oneOfCopies } from '../one-of-copies.ts'
import { napiKeyring } from './napi-keyring.ts'

const lacks = privateSessionLacks()
if (lacks !== null) process.stderr.write(`SKIPPED: the keyring of this machine was not used here, as ${lacks}\n`)

const item = { service: 'holdfast-copies', account: 'a' }
const bytes = (text: string) => Uint8Array.from(Buffer.from(text))
const text = (secret: Uint8Array | null) => (secret === null ? null : Buffer.from(secret).toString())

describe.skipIf(lacks !== null)('the keyring of a private session', () => {
  const before = { ...process.env }
  const keyring = napiKeyring()
  let session: PrivateSession
  const enter = (more: Readonly<Record<string, string | undefined>> = {}) => {
    for (const [name, value] of Object.entries({ ...session.environment, ...more }))
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
  }
  beforeAll(async () => {
    session = await privateSession()
    enter()
  }, 30_000)
  beforeEach(() => enter())
  afterAll(async () => {
    await session?.[Symbol.asyncDispose]()
    process.env = before
  })
  /** As another program does. */
  const addCopy = async (secret: string) => {
    using on = await connect(session.socket)
    const collection = (await defaultCollection(on)) ?? ''
    const attributes = { service: item.service, username: item.account }
    await createItem(on, await openSession(on), collection, {
      label: 'copy',
      attributes,
      secret: bytes(secret),
      beside: true,
    })
  }

  it('says that several items are ambiguous, and reads, writes and deletes each by itself', async () => {
    await keyring.set(item, bytes('one'))
    expect(await keyring.copies?.(item)).toHaveLength(1)
    await addCopy('two')
    const copies = (await keyring.copies?.(item)) ?? []
    expect(copies).toHaveLength(2)
    expect(copies.every(({ changedAt }) => changedAt > 1_700_000_000)).toBe(true)
    for (const call of [() => keyring.get(item), () => keyring.set(item, bytes('x')), () => keyring.delete(item)])
      await expect(call()).rejects.toMatchObject({ kind: 'ambiguous' })
    const [first, second] = copies.map(({ id }) => ({ ...item, copy: id }))
    if (first === undefined || second === undefined) throw new Error('two copies were counted')
    expect([text(await keyring.get(first)), text(await keyring.get(second))].sort()).toEqual(['one', 'two'])
    await keyring.set(first, bytes('three'))
    expect(text(await keyring.get(first))).toBe('three')
    expect(await keyring.delete(second)).toBe(true)
    expect(await keyring.delete(second)).toBe(false)
    expect(await keyring.get(second)).toBeNull()
    expect(text(await keyring.get(item))).toBe('three')
    await keyring.set(second, bytes('four'))
    expect(text(await keyring.get(item))).toBe('four')
  })

  it('has all copies deleted by a vault', async () => {
    await keyring.set(item, bytes('one'))
    await addCopy('two')
    expect(await oneOfCopies(keyring).delete(item)).toBe(true)
    expect(await keyring.copies?.(item)).toEqual([])
    expect(await oneOfCopies(keyring).delete(item)).toBe(false)
  })

  it('asks nobody without a screen, takes a prompt that nobody can show for dismissed, and needs none while it is open', async () => {
    expect(await keyring.unlock?.(1000)).toBe('unanswered')
    enter({ DISPLAY: ':nobody' })
    expect(await keyring.unlock?.(1000)).toBe('unlocked')
    await session.keyring.lock()
    try {
      expect(await keyring.unlock?.(10_000)).toBe('dismissed')
      expect(await keyring.state()).toBe('locked')
      enter()
      expect(await keyring.unlock?.(10_000)).toBe('unanswered')
    } finally {
      await session.keyring.unlock()
    }
    await session.keyring.stop()
    try {
      enter({ DISPLAY: ':nobody' })
      await expect(keyring.unlock?.(1000)).rejects.toMatchObject({ kind: 'absent' })
    } finally {
      await session.keyring.start()
    }
  })
})
