import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Path of a program that this environment can run, by name or by path; null where it is not there. */
export function executable(name: string, path: string = process.env.PATH ?? ''): string | null {
  const candidates = name.includes('/') ? [name] : path.split(delimiter).map((folder) => join(folder, name))
  return candidates.find(canRun) ?? null
}

function canRun(candidate: string): boolean {
  try {
    accessSync(candidate, constants.X_OK)
    return true
  } catch {
    return false
  }
}
