import { describe, expect, it } from 'vitest'
import { Refusal } from '../failure.ts'
import { openCheckpoint, signCheckpoint } from './checkpoint.ts'
import { emptyRoot } from './merkle-tree.ts'
import { decodeVerifier, encodeVerifier, noteSigner, openNote } from './signed-note.ts'

const code = (work: () => unknown) => {
  try {
    return work()
  } catch (error) {
    if (error instanceof Refusal) return error.failure.code
    throw error
  }
}

/** The example of Go's golang.org/x/mod/sumdb/note, which C2SP signed-note describes. */
const peter = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const said = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const note = `${said}\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`

describe('a signed note', () => {
  it('of another implementation is believed by its key', () => {
    expect(openNote(note, decodeVerifier(peter))).toBe(said)
    expect(encodeVerifier(decodeVerifier(peter))).toBe(peter)
  })
  it.each([
    ['another text', note.replace('problem', 'question'), 'corrupt'],
    ['another signer', note.replace('\u2014 PeterNeumann', '\u2014 Somebody'), 'wrong-key'],
    ['another key id', note.replace('x08go', 'x08gp'), 'wrong-key'],
    ['another signature', note.replace('JnAM=', 'JnAN='), 'corrupt'],
    ['no signature', said, 'corrupt'],
    ['nothing', '', 'corrupt'],
    ['no end', note.slice(0, -1), 'corrupt'],
    ['a dash alone', `${said}\n\u2014\n`, 'corrupt'],
    ['base64 that is written in another way', note.replace('AM=', 'AN='), 'corrupt'],
    ['too much', `${'x'.repeat(20_000)}\n${note}`, 'corrupt'],
  ])('with %s is not', (_, changed, expected) => {
    expect(code(() => openNote(changed, decodeVerifier(peter)))).toBe(expected)
  })
  it('may have signatures of witnesses too', () => {
    const witness = noteSigner('witness', Buffer.alloc(32, 1))
    const own = witness.sign(said).slice(said.length + 1)
    expect(openNote(note + own, decodeVerifier(peter))).toBe(said)
    expect(openNote(note + own, witness.verifier)).toBe(said)
  })
  it.each(['', 'a', 'a+b', 'a+b+c', peter.replace('c74f', 'c74e'), peter.slice(0, -4), `${peter}AA`, ' +1+AQ=='])(
    'has no verifier %j',
    (line) => {
      expect(code(() => decodeVerifier(line))).toBe('corrupt')
    },
  )
  it.each(['a b', 'a+b', '', 'a\n'])('has no signer called %j', (name) => {
    expect(() => noteSigner(name, Buffer.alloc(32))).toThrow(RangeError)
  })
})

describe('a checkpoint', () => {
  const signer = noteSigner('example.org/log', Buffer.alloc(32, 3))
  const head = { origin: 'example.org/log', size: 3, root: emptyRoot, digest: emptyRoot }
  it('says what it said', () => {
    expect(openCheckpoint(signCheckpoint(head, signer), signer.verifier)).toEqual(head)
    expect(signCheckpoint(head, signer).split('\n').slice(0, 3)).toEqual([
      'example.org/log',
      '3',
      '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
    ])
  })
  it.each([
    ['another log', signCheckpoint({ ...head, origin: 'other' }, signer), 'wrong-key'],
    ['a size that is none', signer.sign('example.org/log\n03\nAA==\n'), 'corrupt'],
    ['a size beyond all numbers', signer.sign(`example.org/log\n${'9'.repeat(30)}\nAA==\n`), 'corrupt'],
    ['a negative size', signer.sign('example.org/log\n-1\nAA==\n'), 'corrupt'],
    ['a root that is too short', signCheckpoint({ ...head, root: emptyRoot.subarray(1) }, signer), 'corrupt'],
    ['nothing', signer.sign('\n'), 'corrupt'],
  ])('of %s is refused', (_, text, expected) => {
    expect(code(() => openCheckpoint(text, signer.verifier))).toBe(expected)
  })
})
