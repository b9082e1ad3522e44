import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyRoot, leafHash, merkleTree, nodeHash } from './merkle-tree.ts'
import { consistencyProof, inclusionProof, isConsistent, isIncluded } from './proofs.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/** The leaves, roots and proofs that certificate-transparency's own tests use for RFC 6962 (merkletree tests, google). */
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  (leaf) => leafHash(Buffer.from(leaf, 'hex')),
)
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const tree = merkleTree(leaves)

describe('the vectors of RFC 6962', () => {
  it('roots of 0 to 8 leaves', () => {
    expect(hex(merkleTree().root())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(leaves.map((_, index) => hex(tree.root(0, index + 1)))).toEqual(roots)
  })
  it.each([
    [0, 1, []],
    [
      0,
      8,
      [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    ],
    [
      5,
      8,
      [
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    ],
    [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
    [
      1,
      5,
      [
        '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    ],
  ])('the inclusion of leaf %i in %i', (index, size, expected) => {
    expect(inclusionProof(tree, index, size).map(hex)).toEqual(expected)
  })
  it.each([
    [1, 1, []],
    [
      1,
      8,
      [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    ],
    [
      6,
      8,
      [
        '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    ],
    [
      2,
      5,
      [
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    ],
  ])('that %i leaves go on to %i', (since, size, expected) => {
    expect(consistencyProof(tree, since, size).map(hex)).toEqual(expected)
  })
})

/** The definition of RFC 9162 as it is written, with nothing kept. */
function rootByDefinition(of: readonly Uint8Array[]): Uint8Array {
  const [only] = of
  if (only === undefined) return emptyRoot
  if (of.length === 1) return only
  let split = 1
  while (split * 2 < of.length) split *= 2
  return nodeHash(rootByDefinition(of.slice(0, split)), rootByDefinition(of.slice(split)))
}
const many = Array.from({ length: 70 }, (_, index) => leafHash(Buffer.from([index])))
const grown = merkleTree(many)
const head = (size: number) => ({ size, root: grown.root(0, size) })

it('has the roots of the definition', () => {
  for (let size = 0; size <= many.length; size++)
    expect(hex(grown.root(0, size))).toBe(hex(rootByDefinition(many.slice(0, size))))
})

it('proves every leaf of every size, and no leaf elsewhere', () => {
  for (let size = 1; size <= 40; size++)
    for (let index = 0; index < size; index++) {
      const proof = inclusionProof(grown, index, size)
      const root = grown.root(0, size)
      expect(isIncluded(grown.leaf(index), index, size, root, proof)).toBe(true)
      expect(isIncluded(grown.leaf(index), (index + 1) % size, size, root, proof)).toBe(size === 1)
      expect(isIncluded(grown.leaf(index + 1), index, size, root, proof)).toBe(false)
    }
})

it('proves that every size goes on from every smaller one', () => {
  for (let size = 0; size <= 40; size++)
    for (let since = 0; since <= size; since++) {
      const proof = consistencyProof(grown, since, size)
      expect(isConsistent(head(since), head(size), proof)).toBe(true)
      if (since > 0 && since < size) {
        expect(isConsistent(head(since), { size, root: leafHash(Buffer.from('x')) }, proof)).toBe(false)
        expect(isConsistent({ size: since, root: leafHash(Buffer.from('x')) }, head(size), proof)).toBe(false)
      }
    }
})

it('believes no proof that was changed, cut or lengthened, and never throws', () => {
  const bytes = fc.uint8Array({ minLength: 0, maxLength: 40 })
  const number = fc.oneof(fc.integer({ min: -2, max: 80 }), fc.double(), fc.constant(2 ** 53))
  fc.assert(
    fc.property(number, number, fc.array(bytes, { maxLength: 70 }), bytes, (one, other, proof, leaf) => {
      expect(isIncluded(leaf, one, other, emptyRoot, proof)).toBe(false)
      const foreign = { size: other, root: leafHash(Buffer.from('x')) }
      if (one > 0 && one !== other) expect(isConsistent({ size: one, root: emptyRoot }, foreign, proof)).toBe(false)
    }),
    { seed: 9162, numRuns: 500 },
  )
  const proof = inclusionProof(grown, 11, 40)
  const root = grown.root(0, 40)
  expect(isIncluded(grown.leaf(11), 11, 40, root, proof.slice(1))).toBe(false)
  expect(isIncluded(grown.leaf(11), 11, 40, root, [...proof, proof[0] ?? emptyRoot])).toBe(false)
})

it('refuses what is not in it', () => {
  for (const ask of [
    () => inclusionProof(grown, 70),
    () => inclusionProof(grown, -1),
    () => consistencyProof(grown, 71),
    () => grown.root(3, 2),
    () => grown.leaf(70),
  ])
    expect(ask).toThrow(RangeError)
})
