import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Refusal } from '../failure.ts'
import { memoryWorld } from '../memory-world.ts'
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

/** What somebody may do to a file: change bytes, cut, put pieces elsewhere, put others in, repeat. */
const change = fc.oneof(
  fc.record({ how: fc.constant('flip' as const), at: fc.nat(), bit: fc.nat(7) }),
  fc.record({ how: fc.constant('cut' as const), at: fc.nat(), bit: fc.nat(7) }),
  fc.record({ how: fc.constant('swap' as const), at: fc.nat(), bit: fc.nat(7) }),
  fc.record({ how: fc.constant('insert' as const), at: fc.nat(), bit: fc.nat(7) }),
  fc.record({ how: fc.constant('double' as const), at: fc.nat(), bit: fc.nat(7) }),
)
const hostile = [
  '\n\n',
  '\0',
  '\u2014 ',
  '{"__proto__":1}',
  '9'.repeat(400),
  '['.repeat(5_000),
  '\ufeff',
  'holdfast audit log 1\n',
]
function changed(bytes: Uint8Array, { how, at, bit }: { how: string; at: number; bit: number }): Buffer {
  const copy = Buffer.from(bytes)
  const place = at % (copy.length + 1)
  const [before, after] = [copy.subarray(0, place), copy.subarray(place)]
  if (how === 'cut') return before
  if (how === 'swap') return Buffer.concat([after, before])
  if (how === 'insert') return Buffer.concat([before, Buffer.from(hostile[bit] ?? ''), after])
  if (how === 'double') return Buffer.concat([copy, after])
  if (place < copy.length) copy[place] = (copy[place] ?? 0) ^ (1 << bit)
  return copy
}
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
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const bytes = changes.reduce<Buffer>(changed, log)
        // A signature that stands there twice is one.
        if (verifies(bytes, anchor)) expect(decodeExport(bytes).lines).toEqual(decodeExport(log).lines)
      }),
      runs,
    )
  })
  it('so is an anchor', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const bytes = changes.reduce<Buffer>(changed, anchor)
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
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      any,
      async (changes, file, junk) => {
        const world = memoryWorld()
        const [[key = '', secret = Buffer.of()] = []] = [...before.secrets]
        const right = before.files.get(name)?.bytes ?? Buffer.of()
        const bytes = file ? changes.reduce<Buffer>(changed, Buffer.from(right)) : right
        world.files.set(name, { bytes, synced: bytes })
        world.secrets.set(
          key,
          file ? secret : changes.length === 1 ? junk : changes.reduce<Buffer>(changed, Buffer.from(secret)),
        )
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
      },
    ),
    { seed: 9, numRuns: 200 },
  )
})
