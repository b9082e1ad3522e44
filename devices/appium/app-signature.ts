import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { AppSignature } from '../../harness/contract/app-under-test.ts'
import { apkSignature } from './android/apk-signature.ts'

/** How the app at this path is signed: an APK, or a bundle for a simulator. The path was read before. */
export const signatureOfApp = async (path: string): Promise<AppSignature> => {
  if ((await stat(path)).isDirectory())
    return existsSync(join(path, '_CodeSignature', 'CodeResources'))
      ? { is: 'signed', schemes: ['code signature'], debug: null }
      : { is: 'unsigned' }
  if (/\.apk$/i.test(path)) return apkSignature(await readFile(path))
  return { is: 'unknown', why: 'only APKs and bundles are looked into' }
}
