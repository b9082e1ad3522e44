import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { PhoneUnavailable } from './phone-unavailable.ts'

/** Path of the first of these programs that this environment can run; null where none is there. */
export const executable = (names: readonly string[], path = process.env.PATH ?? ''): string | null => {
  const folders = path.split(delimiter).filter((folder) => folder !== '')
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(canRun) ?? null
}

/** @throws PhoneUnavailable with the command that brings it */
export const needed = (what: string, names: readonly string[], debian: string): string => {
  const found = executable(names)
  if (found === null)
    throw new PhoneUnavailable(`${what} is not on the PATH: apt-get install -y --no-install-recommends ${debian}.`)
  return found
}

const canRun = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
