import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'

/** Makes what the driver takes for an Android SDK: a folder with adb where it looks for it. Returns its path. */
export const makeSdkFolder = async (parent: string, adb: string): Promise<string> => {
  const sdk = join(parent, 'sdk')
  await mkdir(join(sdk, 'platform-tools'), { recursive: true })
  await symlink(adb, join(sdk, 'platform-tools', 'adb'))
  return sdk
}
