import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { PhoneUnavailable } from './phone-unavailable.ts'

/**
 * SHA-256 of an app's file, or of a bundle's files with their names, as hexadecimal digits.
 * @throws PhoneUnavailable where it is not there
 */
export const digestOfApp = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  const add = async (at: string, name: string): Promise<void> => {
    if ((await stat(at)).isDirectory()) {
      for (const entry of (await readdir(at)).sort()) await add(join(at, entry), `${name}/${entry}`)
      return
    }
    if (name !== '') hash.update(`${name}\0`)
    hash.update(await readFile(at))
  }
  try {
    await add(path, '')
  } catch (cause) {
    throw new PhoneUnavailable(`The app ${path} cannot be read: build it first, or correct its path in the config.`, {
      cause,
    })
  }
  return hash.digest('hex')
}
