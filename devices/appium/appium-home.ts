import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** A driver of Appium's where it is installed. */
export interface InstalledDriver {
  /** Of its package. */
  readonly package: string
  readonly folder: string
}

/**
 * Makes a home of Appium's with one driver in it, so that it finds that driver by its package.json wherever the project
 * is that it was installed in. Returns its path.
 */
export const makeAppiumHome = async (parent: string, driver: InstalledDriver): Promise<string> => {
  const home = join(parent, 'appium-home')
  const link = join(home, 'node_modules', driver.package)
  await mkdir(dirname(link), { recursive: true })
  await writeFile(join(home, 'package.json'), '{ "name": "appium-home", "private": true }\n')
  await symlink(driver.folder, link, 'junction')
  return home
}
