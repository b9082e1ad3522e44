import { X509Certificate } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import type { AppSignature } from '../../../harness/contract/app-under-test.ts'
import { type ZipDirectory, zipDirectory } from './zip-directory.ts'

// The APK Signing Block: https://source.android.com/docs/security/features/apksigning/v2
const magic = 'APK Sig Block 42'
const schemes: ReadonlyMap<number, string> = new Map([
  [0x7109871a, 'v2'],
  [0xf05368c0, 'v3'],
  [0x1b93ad61, 'v3.1'],
])
const debugName = 'Android Debug'

/** Pairs of an id and a value in the block before the central directory. */
const signingBlock = (bytes: Buffer, { at }: ZipDirectory): readonly (readonly [id: number, value: Buffer])[] => {
  if (at < 32 || bytes.toString('latin1', at - 16, at) !== magic) return []
  const size = Number(bytes.readBigUInt64LE(at - 24))
  const pairs: (readonly [number, Buffer])[] = []
  for (let from = at - size; from >= 0 && from + 12 <= at - 24; ) {
    const length = Number(bytes.readBigUInt64LE(from))
    if (length < 4 || from + 8 + length > at - 24) break
    pairs.push([bytes.readUInt32LE(from + 8), bytes.subarray(from + 12, from + 8 + length)])
    from += 8 + length
  }
  return pairs
}

/** The first piece of a sequence whose pieces begin with their length. */
const firstOf = (bytes: Buffer): Buffer => bytes.subarray(4, 4 + bytes.readUInt32LE(0))
const secondOf = (bytes: Buffer): Buffer => firstOf(bytes.subarray(4 + bytes.readUInt32LE(0)))

/** The first signer's own certificate: signers, signer, signed data, and in that digests, then certificates. */
const certificateIn = (value: Buffer): X509Certificate | null => {
  try {
    return new X509Certificate(firstOf(secondOf(firstOf(firstOf(firstOf(value))))))
  } catch {
    return null
  }
}

/** Whether the signature file of scheme v1 names the certificate of debug builds; null where it cannot be read. */
const debugByV1 = (bytes: Buffer, { entries }: ZipDirectory): boolean | null => {
  const entry = entries.find(({ name }) => /^META-INF\/[^/]+\.(RSA|DSA|EC)$/i.test(name))
  if (entry === undefined) return null
  try {
    const from = entry.at + 30 + bytes.readUInt16LE(entry.at + 26) + bytes.readUInt16LE(entry.at + 28)
    const packed = bytes.subarray(from, from + entry.packedBytes)
    return (entry.method === 0 ? packed : inflateRawSync(packed)).includes(debugName)
  } catch {
    return null
  }
}

/** How an APK is signed: by which schemes, and whether as debug builds are. Whether it is rightly signed the phone checks. */
export const apkSignature = (bytes: Buffer): AppSignature => {
  const directory = zipDirectory(bytes)
  if (directory === null) return { is: 'unknown', why: 'it is no APK: it has no directory of a zip archive' }
  const block = signingBlock(bytes, directory)
  const whole = block.flatMap(([id]) => schemes.get(id) ?? []).sort()
  const v1 = directory.entries.some(({ name }) => /^META-INF\/[^/]+\.SF$/i.test(name))
  if (whole.length === 0 && !v1) return { is: 'unsigned' }
  const certificate = block
    .filter(([id]) => schemes.has(id))
    .map(([, value]) => certificateIn(value))
    .find((one) => one !== null)
  const debug = certificate === undefined ? debugByV1(bytes, directory) : certificate.subject.includes(debugName)
  return { is: 'signed', schemes: [...(v1 ? ['v1'] : []), ...whole], debug }
}
