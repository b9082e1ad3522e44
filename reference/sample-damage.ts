import fc from 'fast-check'

/** What somebody may do to bytes: change a bit, cut, put pieces elsewhere, put others in, repeat. */
export interface Damage {
  readonly how: 'flip' | 'cut' | 'swap' | 'insert' | 'double'
  readonly at: number
  /** Which bit, or which hostile piece. */
  readonly bit: number
}

const damage: fc.Arbitrary<Damage> = fc.record({
  how: fc.constantFrom('flip', 'cut', 'swap', 'insert', 'double'),
  at: fc.nat(),
  bit: fc.nat(8),
})

/** Some of them, one after another. */
export const damages: fc.Arbitrary<readonly Damage[]> = fc.array(damage, { minLength: 1, maxLength: 4 })

/** Pieces that readers of text were seen to fall over. */
export const hostilePieces = [
  '\n\n',
  '\0',
  '\u2014 ',
  '{"__proto__":1}',
  '9'.repeat(400),
  '['.repeat(5_000),
  '\ufeff',
  'holdfast audit log 1\n',
  '{"a":'.repeat(5_000),
] as const

function done(bytes: Buffer, { how, at, bit }: Damage): Buffer {
  const copy = Buffer.from(bytes)
  const place = at % (copy.length + 1)
  const [before, after] = [copy.subarray(0, place), copy.subarray(place)]
  switch (how) {
    case 'cut':
      return before
    case 'swap':
      return Buffer.concat([after, before])
    case 'insert':
      return Buffer.concat([before, Buffer.from(hostilePieces[bit] ?? ''), after])
    case 'double':
      return Buffer.concat([copy, after])
    case 'flip':
      if (place < copy.length) copy[place] = (copy[place] ?? 0) ^ (1 << (bit & 7))
      return copy
  }
}

/** What is left of these bytes after all that. */
export const damaged = (bytes: Uint8Array, all: readonly Damage[]): Buffer => all.reduce(done, Buffer.from(bytes))
