import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * The part of package-lock.json that is read here. npm writes the same form to node_modules/.package-lock.json, of
 * what it really installed.
 * @typedef {{ readonly version?: string, readonly integrity?: string, readonly optional?: boolean, readonly devOptional?: boolean }} Locked
 * @typedef {{ readonly packages: Readonly<Record<string, Locked>> }} Lock
 */

/**
 * Why the dependencies must be installed; null where what is installed is what is locked.
 * @param {Lock} lock
 * @param {Lock | null} installed
 * @param {(path: string) => boolean} exists Of a path below the project.
 * @returns {string | null}
 */
export const staleness = (lock, installed, exists) => {
  if (installed === null) return 'they are not there'
  for (const [path, wanted] of Object.entries(lock.packages)) {
    if (path === '') continue
    const found = installed.packages[path]
    if (found === undefined && !wanted.optional) return `${path} is not there`
    if (found !== undefined && (found.version !== wanted.version || found.integrity !== wanted.integrity)) {
      return `${path} is not as locked`
    }
    if (found !== undefined && !exists(`${path}/package.json`)) return `${path} is not there`
  }
  const extra = Object.keys(installed.packages).find((path) => lock.packages[path] === undefined)
  return extra === undefined ? null : `${extra} is not in the lock file`
}

/** The pinned Node's program below a project. @param {string} root */
export const pinnedNode = (root) =>
  join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** @param {string} root @returns {string | null} */
export const readStaleness = (root) => {
  /** @param {string} name @returns {Lock | null} */
  const read = (name) => {
    const file = join(root, name)
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
  }
  const lock = read('package-lock.json')
  if (lock === null) return null
  return staleness(lock, read('node_modules/.package-lock.json'), (path) => existsSync(join(root, path)))
}

/**
 * The environment for npm: without this project's own programs, which npm is about to replace under its feet.
 * @param {string} root @param {NodeJS.ProcessEnv} env @returns {NodeJS.ProcessEnv}
 */
export const npmEnvironment = (root, env) => {
  const own = join(root, 'node_modules', '.bin')
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== own)
  return { ...env, PATH: folders.join(delimiter) }
}

/**
 * Installs what is missing or stale.
 * @param {string} root
 * @param {(command: readonly string[]) => Promise<number>} run Prints a command, runs it, gives its exit code.
 * @returns {Promise<string | null>} What went wrong, where, and what to do; null when all is there.
 */
export const installDependencies = async (root, run) => {
  const why = readStaleness(root)
  if (why !== null) {
    const code = await run(['npm', 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'])
    if (code !== 0) {
      return `The npm dependencies could not be installed in ${root} (npm ci ended with ${code}): see npm's words above, then start again.`
    }
  }
  if (existsSync(pinnedNode(root))) return null
  // Where install scripts are off, this one alone must still run: it fetches the pinned Node.
  const code = await run(['npm', 'rebuild', 'node', '--ignore-scripts=false', '--loglevel=error'])
  if (code === 0 && existsSync(pinnedNode(root))) return null
  return `The pinned Node is not at ${pinnedNode(root)} (npm rebuild node ended with ${code}): see npm's words above, then start again.`
}
