import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Refusal } from '../failure.ts'
import { memoryWorld } from '../memory-world.ts'
import { damaged, damages } from '../sample-damage.ts'
import { auditLog } from './audit-log.ts'
import { signCheckpoint } from './checkpoint.ts'
import { decodeAnchor, decodeExport, encodeAnchor, encodeExport, verifyExport } from './export.ts'
import { bytesOf, chained, headOf, sampleOrigin } from './sample-log.ts'
import { noteSigner, openNote } from './signed-note.ts'

const signer = noteSigner(sampleOrigin, Buffer.alloc(32, 7))
const lines = chained(['a', 'b', 'c', 'ü', 'e'].map((subject) => ({ action: 'put', subject })))
const { verifier } = signer
const sign = (of: readonly string[]) => signCheckpoint(headOf(of), signer)
const log = Buffer.from(encodeExport({ verifier, checkpoint: sign(lines), lines: bytesOf(lines) }))
const anchor = Buffer.from(encodeAnchor({ verifier, checkpoint: sign(lines.slice(0, 3)) }))
const codes = new Set(['corrupt', 'wrong-format', 'wrong-key'])

/** Whether it verifies; a refusal must be one of the codes that fit. */
function verifies(one: Uint8Array, by: Uint8Array | null): boolean {
  try {
    return (
      verifyExport(decodeExport(one), by === null ? null : decodeAnchor(Buffer.from(by).toString())).verdict.is ===
      'intact'
    )
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    expect(codes).toContain(error.failure.code)
    return false
  }
}
const any = fc.uint8Array({ maxLength: 300 })
const runs = { seed: 8, numRuns: 1_500 }

describe('offline', () => {
  it('a log that was changed in any way is refused, and nothing crashes', () => {
    expect(verifies(log, anchor)).toBe(true)
    fc.assert(
      fc.property(damages, (changes) => {
        const bytes = damaged(log, changes)
        // A signature that stands there twice is one.
        if (verifies(bytes, anchor)) expect(decodeExport(bytes).lines).toEqual(decodeExport(log).lines)
      }),
      runs,
    )
  })
  it('so is an anchor', () => {
    fc.assert(
      fc.property(damages, (changes) => {
        const bytes = damaged(anchor, changes)
        if (!verifies(log, bytes)) return
        const said = openNote(decodeAnchor(bytes.toString()).checkpoint, verifier)
        expect(said).toBe(openNote(decodeAnchor(anchor.toString()).checkpoint, verifier))
      }),
      runs,
    )
  })
  it('whatever else is given is refused', () => {
    fc.assert(
      fc.property(any, any, (one, other) => {
        expect(verifies(one, anchor)).toBe(false)
        expect(verifies(log, other)).toBe(false)
        const titled = Buffer.concat([Buffer.from('holdfast audit log 1\n'), one])
        expect(verifies(titled, null)).toBe(false)
      }),
      runs,
    )
  })
})

it('in an app: whatever its file or the keyring holds, a call is answered or refused with a code, and the file stays', async () => {
  const refusals = new Set(['corrupt', 'rollback', 'wrong-key'])
  const name = 'audit-0.3'
  const before = memoryWorld()
  const events = ['a', 'b', 'c'].map((subject) => ({ action: 'put', subject }))
  await before.run([auditLog({ origin: 'x', ports: before.ports }).append(events)])
  await fc.assert(
    fc.asyncProperty(damages, fc.boolean(), any, async (changes, file, junk) => {
      const world = memoryWorld()
      const [[key = '', secret = Buffer.of()] = []] = [...before.secrets]
      const right = before.files.get(name)?.bytes ?? Buffer.of()
      const bytes = file ? damaged(right, changes) : right
      world.files.set(name, { bytes, synced: bytes })
      world.secrets.set(key, file ? secret : changes.length === 1 ? junk : damaged(secret, changes))
      const whole = file
        ? Buffer.compare(bytes, right) === 0
        : secret.every((byte, at) => world.secrets.get(key)?.[at] === byte)
      const call = auditLog({ origin: 'x', ports: world.ports }).append([{ action: 'more' }])
      const told = await world.run([
        call.catch((error: unknown) => (error instanceof Refusal ? error.failure.code : error)),
      ])
      if (whole) return
      expect(refusals).toContain(told?.[0])
      expect(world.files.get(name)?.bytes).toEqual(bytes)
    }),
    { seed: 9, numRuns: 200 },
  )
})

it('a witnessed checkpoint that was changed is refused, or says the same, and the log stays', async () => {
  const world = memoryWorld()
  const open = () => auditLog({ origin: 'x', ports: world.ports })
  const given = async <T>(call: Promise<T>) =>
    (await world.run([call.catch((error: unknown) => (error instanceof Refusal ? error.failure.code : error))]))?.[0]
  await given(open().append([{ action: 'a' }, { action: 'b' }]))
  const witnessed = String(await given(open().checkpoint()))
  const foreign = signCheckpoint(headOf(lines), signer)
  await given(open().append([{ action: 'c' }]))
  const before = new Map(world.files)
  const whole = { is: 'intact', size: 3 }
  expect(await given(open().verify(witnessed))).toEqual(whole)
  expect(await given(open().verify(foreign))).toBe('wrong-key')
  await fc.assert(
    fc.asyncProperty(damages, async (changes) => {
      const text = damaged(Buffer.from(witnessed), changes).toString()
      const told = await given(open().verify(text))
      // The words of a note may be followed by signatures of others.
      if (typeof told === 'string') expect(codes).toContain(told)
      else expect(told).toEqual(whole)
      if (typeof told !== 'string') expect(text.split('\n\n')[0]).toBe(witnessed.split('\n\n')[0])
    }),
    { seed: 10, numRuns: 200 },
  )
  expect(world.files).toEqual(before)
})
