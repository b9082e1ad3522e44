import fc from 'fast-check'
import { expect, it } from 'vitest'
import { shortest, sweep } from './sweep.ts'

/** Few letters, so that needles overlap and share windows. */
const letters = (minLength: number, maxLength: number) =>
  fc.array(fc.constantFrom(0, 97, 98), { minLength, maxLength }).map((bytes) => Buffer.from(bytes))

it('finds each needle wherever it lies, and nothing else', () => {
  fc.assert(
    fc.property(
      fc.array(letters(shortest, 30), { maxLength: 12 }),
      fc.array(fc.oneof(letters(0, 9), fc.nat(11)), { maxLength: 12 }),
      fc.nat(7),
      fc.constantFrom(1, 100),
      (needles, parts, offset, expected) => {
        const index = sweep<number>(expected)
        for (const [of, bytes] of needles.entries()) index.add({ of, bytes })
        const content = Buffer.concat(parts.map((part) => (typeof part === 'number' ? (needles[part] ?? part0) : part)))
        // Wherever it begins in its memory.
        const haystack = new Uint8Array(new ArrayBuffer(content.length + offset), offset)
        haystack.set(content)
        const found = new Set<string>()
        index.each(haystack, ({ of }, at) => found.add(`${of} at ${at}`))
        const wanted = new Set<string>()
        for (const [of, bytes] of needles.entries())
          for (let at = content.indexOf(bytes); at !== -1; at = content.indexOf(bytes, at + 1))
            wanted.add(`${of} at ${at}`)
        expect(found).toEqual(wanted)
      },
    ),
    { seed: 1, numRuns: 3000 },
  )
})
const part0 = Buffer.from('ab')

it('finds one of a hundred thousand', () => {
  const needle = (of: number) => Buffer.from(`needle ${String(of).padStart(9, '0')}`)
  const index = sweep<number>(100)
  for (let of = 0; of < 100_000; of++) index.add({ of, bytes: needle(of) })
  expect(index.size).toBe(100_000)
  const found: number[] = []
  index.each(Buffer.concat([Buffer.alloc(70_001), needle(4), needle(100_000), needle(99_999)]), ({ of }) =>
    found.push(of),
  )
  expect(found).toEqual([4, 99_999])
})

it('refuses what would be found by chance', () => {
  expect(() => sweep(1).add({ of: 0, bytes: Buffer.alloc(shortest - 1) })).toThrow('11 bytes')
})
