import { type AppSignature, type AppUnderTest, appArrivals } from '../harness/contract/app-under-test.ts'

/** The app that a vault is in: which one, how it is signed, and how it came onto the phone. */
export function appWords({ id, sha256, signature, arrival }: AppUnderTest): string {
  const digest = sha256 === null ? 'its digest not known' : `SHA-256 ${sha256}`
  return `${id}, ${digest}, ${signed(signature)}; ${appArrivals[arrival]}`
}

function signed(signature: AppSignature): string {
  if (signature.is === 'unsigned') return 'unsigned'
  if (signature.is === 'unknown') return `its signature not known: ${signature.why}`
  const { schemes, debug } = signature
  const by =
    debug === null ? '' : debug ? ' with the certificate of debug builds' : ', not with the certificate of debug builds'
  return `signed by ${schemes.join(', ')}${by}`
}
