import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the driver's package. */
export const driverFolder = fileURLToPath(new URL('./', import.meta.url))
export const driverPackage = 'appium-holdfast-virtual-ios-driver'

/**
 * Makes a home of Appium's with the driver installed in it, so that a real Appium finds it by its package.json as it finds
 * any other. Returns its path.
 */
export const makeAppiumHome = async (parent: string): Promise<string> => {
  const home = join(parent, 'appium-home')
  await mkdir(join(home, 'node_modules'), { recursive: true })
  await writeFile(join(home, 'package.json'), '{ "name": "appium-home", "private": true }\n')
  await symlink(driverFolder, join(home, 'node_modules', driverPackage), 'junction')
  return home
}
