import { getFips } from 'node:crypto'

/** What can be seen of the module that does the cryptography. Never that it is validated: no program can see that. */
export interface CryptoModule {
  /** Whether Node runs with OpenSSL's FIPS provider in force. */
  readonly fips: boolean
  /** Which OpenSSL Node runs with. */
  readonly openssl: string
  /** The same in one sentence, for a log or a dialog. */
  readonly says: string
}

/**
 * Tells plainly what Node runs with. FIPS 140 validates modules, by a certificate for one build: approved algorithms in
 * another build are no validated module.
 * @param seen for tests; default what `crypto.getFips()` says
 */
export function cryptoModule(seen: number = getFips(), openssl: string = process.versions.openssl): CryptoModule {
  const fips = seen === 1
  const says = fips
    ? `Node runs with the FIPS provider of OpenSSL ${openssl}. Whether this build has a certificate is for its vendor to show.`
    : `Node runs without a FIPS provider (OpenSSL ${openssl}): the algorithms are approved, the module is not validated.`
  return { fips, openssl, says }
}
