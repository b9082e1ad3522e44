import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { apkSignature } from './apk-signature.ts'

const u16 = (value: number) => Buffer.from(Uint16Array.of(value).buffer)
const u32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer)
const u64 = (value: number) => Buffer.from(BigUint64Array.of(BigInt(value)).buffer)
const piece = (...parts: readonly Buffer[]) => Buffer.concat([u32(Buffer.concat(parts).length), ...parts])

/** One element of ASN.1. */
const der = (tag: number, ...parts: readonly Buffer[]) => {
  const body = Buffer.concat(parts)
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}
/** A certificate of that name, by a key and a signature that are none. */
const certificate = (name: string) => {
  const oid = (...bytes: readonly number[]) => der(6, Buffer.from(bytes))
  const sha256Rsa = der(0x30, oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11), der(5))
  const who = der(0x30, der(0x31, der(0x30, oid(0x55, 4, 3), der(12, Buffer.from(name)))))
  const when = der(0x30, der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('400101000000Z')))
  const rsa = der(0x30, oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1), der(5))
  const key = der(0x30, der(2, Buffer.from([3])), der(2, Buffer.from([3])))
  const subject = der(0x30, rsa, der(3, Buffer.from([0]), key))
  const body = der(0x30, der(2, Buffer.from([1])), sha256Rsa, who, when, who, subject)
  return der(0x30, body, sha256Rsa, der(3, Buffer.from([0, 1])))
}

interface Made {
  /** Contents by name, deflated. */
  readonly files?: Readonly<Record<string, string>>
  /** Schemes of the whole, by id, each signed by a certificate of this name. */
  readonly signed?: Readonly<Record<number, string>>
}
const apk = ({ files = {}, signed = {} }: Made): Buffer => {
  const [locals, central]: [Buffer[], Buffer[]] = [[], []]
  let at = 0
  for (const [name, content] of Object.entries(files)) {
    const packed = deflateRawSync(Buffer.from(content))
    const sizes = [u32(0), u32(packed.length), u32(content.length), u16(name.length), u16(0)]
    const local = Buffer.concat([u32(0x04034b50), u16(20), u16(0), u16(8), u32(0), ...sizes, Buffer.from(name), packed])
    locals.push(local)
    const ends = [u16(0), u16(0), u16(0), u32(0), u32(at), Buffer.from(name)]
    central.push(Buffer.concat([u32(0x02014b50), u16(20), u16(20), u16(0), u16(8), u32(0), ...sizes, ...ends]))
    at += local.length
  }
  const pairs = Object.entries(signed).map(([id, name]) => {
    const digests = piece(Buffer.from('digests'))
    const value = piece(piece(piece(digests, piece(piece(certificate(name))))))
    return Buffer.concat([u64(value.length + 4), u32(Number(id)), value])
  })
  const inside = Buffer.concat(pairs)
  const size = u64(inside.length + 24)
  const block =
    pairs.length === 0 ? Buffer.alloc(0) : Buffer.concat([size, inside, size, Buffer.from('APK Sig Block 42')])
  const directory = Buffer.concat(central)
  const count = u16(central.length)
  const end = [u32(0x06054b50), u16(0), u16(0), count, count, u32(directory.length), u32(at + block.length), u16(0)]
  return Buffer.concat([...locals, block, directory, ...end])
}

const plain = { 'classes.dex': 'code' }

test('schemes of the whole are seen in the block before the directory, with the certificate’s name', () => {
  const built = apk({ files: plain, signed: { [0x7109871a]: 'Android Debug', [0xf05368c0]: 'Android Debug' } })
  expect(apkSignature(built)).toEqual({ is: 'signed', schemes: ['v2', 'v3'], debug: true })
  const released = apk({ files: plain, signed: { [0x7109871a]: 'Example Inc.' } })
  expect(apkSignature(released)).toEqual({ is: 'signed', schemes: ['v2'], debug: false })
})

test('the oldest scheme is seen by its files', () => {
  const files = { ...plain, 'META-INF/CERT.SF': 'digests', 'META-INF/CERT.RSA': '..Android Debug..' }
  expect(apkSignature(apk({ files }))).toEqual({ is: 'signed', schemes: ['v1'], debug: true })
  const released = { ...files, 'META-INF/CERT.RSA': '..Example Inc...' }
  expect(apkSignature(apk({ files: released }))).toMatchObject({ debug: false })
})

test('what is not signed is said to be so, and what is no APK is not guessed at', () => {
  expect(apkSignature(apk({ files: plain }))).toEqual({ is: 'unsigned' })
  // A block of something else signs nothing.
  expect(apkSignature(apk({ files: plain, signed: { 1114793335: 'padding' } }))).toEqual({ is: 'unsigned' })
  expect(apkSignature(Buffer.from('no archive'))).toMatchObject({ is: 'unknown' })
})

test('a certificate that cannot be read is told as not known', () => {
  const broken = apk({ files: plain, signed: { [0x7109871a]: 'Android Debug' } })
  broken.fill(0xff, broken.indexOf('digests') + 7, broken.indexOf('APK Sig Block 42') - 8)
  expect(apkSignature(broken)).toEqual({ is: 'signed', schemes: ['v2'], debug: null })
})
