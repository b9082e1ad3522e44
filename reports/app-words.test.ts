import { expect, test } from 'vitest'
import type { AppSignature } from '../harness/contract/app-under-test.ts'
import { appWords } from './app-words.ts'

const app = { id: 'com.example.app', sha256: 'ab12', arrival: 'same' } as const

test.each<readonly [AppSignature, string]>([
  [
    { is: 'signed', schemes: ['v1', 'v2'], debug: true } as const,
    'signed by v1, v2 with the certificate of debug builds',
  ],
  [{ is: 'signed', schemes: ['v2'], debug: false }, 'signed by v2, not with the certificate of debug builds'],
  [{ is: 'signed', schemes: ['code signature'], debug: null }, 'signed by code signature;'],
  [{ is: 'unsigned' }, 'unsigned'],
  [{ is: 'unknown', why: 'the driver fetches it' }, 'its signature not known: the driver fetches it'],
])('an app is told with how it is signed: %j', (signature, words) => {
  const told = appWords({ ...app, signature })
  expect(told).toContain(words)
  expect(told).toContain('com.example.app, SHA-256 ab12')
  expect(told).toContain('has the digest of what was given')
})

test('what only the driver has is said not to be known', () => {
  expect(appWords({ ...app, sha256: null, signature: { is: 'unsigned' }, arrival: 'driver' })).toContain(
    'its digest not known',
  )
})
