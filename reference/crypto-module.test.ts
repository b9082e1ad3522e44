import { getFips } from 'node:crypto'
import { expect, it } from 'vitest'
import { cryptoModule } from './crypto-module.ts'

it('says what Node runs with, and never that it is validated', () => {
  expect(cryptoModule()).toMatchObject({ fips: getFips() === 1, openssl: process.versions.openssl })
  expect(cryptoModule(0, '3.5.1')).toEqual({
    fips: false,
    openssl: '3.5.1',
    says: 'Node runs without a FIPS provider (OpenSSL 3.5.1): the algorithms are approved, the module is not validated.',
  })
  expect(cryptoModule(1, '3.5.1')).toEqual({
    fips: true,
    openssl: '3.5.1',
    says: 'Node runs with the FIPS provider of OpenSSL 3.5.1. Whether this build has a certificate is for its vendor to show.',
  })
})
