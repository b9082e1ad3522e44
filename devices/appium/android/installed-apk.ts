import { resolve } from 'node:path'
import type { DriverSession } from '../driver-session.ts'
import { PhoneUnavailable } from '../phone-unavailable.ts'

type Shell = Pick<DriverSession, 'executeScript'>

const shell = async (session: Shell, command: string): Promise<string> =>
  String(await session.executeScript('mobile: shell', [{ command }]))

/**
 * SHA-256 of an app as it is installed, by the phone's own `sha256sum`. Null where it is not there, is in several pieces,
 * or where the phone does not tell.
 */
export const installedDigest = async (session: Shell, id: string): Promise<string | null> => {
  try {
    const paths = [...(await shell(session, `pm path ${id}`)).matchAll(/^package:(\S+)$/gm)].map(([, path]) => path)
    const [path] = paths
    if (path === undefined || paths.length > 1) return null
    return /^([0-9a-f]{64})\s/m.exec(await shell(session, `sha256sum ${path}`))?.[1] ?? null
  } catch {
    // An app that is not there makes the command fail.
    return null
  }
}

/** An APK, with the digest of its file. */
export interface GivenApk {
  readonly id: string
  readonly path: string
  readonly sha256: string
}

/**
 * Installs an app where the phone has another, or none, or does not tell. The driver alone compares versions, and keeps an
 * app that was built anew under the same.
 * @throws PhoneUnavailable where it cannot be installed
 */
export const installIfChanged = async (session: Shell, given: GivenApk): Promise<'same' | 'installed'> => {
  const { id, path, sha256 } = given
  if ((await installedDigest(session, id)) === sha256) return 'same'
  try {
    await session.executeScript('mobile: installApp', [{ appPath: resolve(path), allowTestPackages: true }])
    return 'installed'
  } catch (cause) {
    const why = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? ''
    throw new PhoneUnavailable(
      /UPDATE_INCOMPATIBLE|SIGNATURE/i.test(why)
        ? `The app ${path} is signed by another key than the ${id} on the phone: remove that one there first.`
        : `The app ${path} could not be installed: ${why}`,
      { cause },
    )
  }
}
