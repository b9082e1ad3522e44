import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { type InstalledDriver, makeAppiumHome } from './appium-home.ts'
import { freePort } from './free-port.ts'
import type { OwnRun } from './own-run.ts'
import { PhoneUnavailable } from './phone-unavailable.ts'

/** A server of Appium on the loopback. */
export interface AppiumServer {
  readonly port: number
  readonly version: string
  /** What it wrote since the last call, for a search for secrets. */
  takeLog(): string
  end(): Promise<void>
}

export interface AppiumDriver {
  /** `uiautomator2`. */
  readonly name: string
  /** `appium-uiautomator2-driver`. */
  readonly package: string
  /** Where it is, if it is brought along; else it is looked for in the project. */
  readonly folder?: string
}

export interface AppiumOptions {
  /** Where `appium` and its drivers are installed: the folder of a package.json. */
  readonly project: string
  readonly driver: AppiumDriver
  /** `adb_shell` and the like. */
  readonly insecure: readonly string[]
  readonly env: NodeJS.ProcessEnv
  /** Until it must answer. Milliseconds; default a minute. */
  readonly readyMs?: number
}

/** The major version whose behaviour is known here. */
const major = 3
const usualReadyMs = 60_000
const lookMs = 50
/** What is kept of the log between two searches. Characters. */
const mostLog = 4_000_000

interface Found {
  readonly folder: string
  readonly version: string
}

/** Where a package is, seen from these files in turn. */
const found = (name: string, places: readonly string[]): Found | null => {
  for (const from of places) {
    try {
      const path = createRequire(from).resolve(`${name}/package.json`)
      const { version } = JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string }
      return { folder: join(path, '..'), version }
    } catch {
      // Not there: the next place.
    }
  }
  return null
}

/**
 * Where Appium is, once it is seen to be the right one, with its driver.
 * @param places files whose packages count: those of the project, and those that this package came with
 * @throws PhoneUnavailable
 */
export const findAppium = (
  { project, driver }: Pick<AppiumOptions, 'project' | 'driver'>,
  places: readonly string[] = [pathToFileURL(join(project, 'package.json')).href, import.meta.url],
): Found & { readonly driver: InstalledDriver } => {
  const appium = found('appium', places)
  if (appium === null)
    throw new PhoneUnavailable(
      `Appium is not installed in ${project}: run npm install --save-dev ${[`appium@${major}`, ...(driver.folder === undefined ? [driver.package] : [])].join(' ')}.`,
    )
  if (Number(appium.version.split('.')[0]) !== major)
    throw new PhoneUnavailable(
      `Appium ${appium.version} is installed, and this Holdfast drives Appium ${major}: run npm install --save-dev appium@${major}.`,
    )
  const folder = driver.folder ?? found(driver.package, places)?.folder
  if (folder === undefined)
    throw new PhoneUnavailable(
      `Appium's driver ${driver.name} is not installed in ${project}: run npm install --save-dev ${driver.package}.`,
    )
  return { ...appium, driver: { package: driver.package, folder } }
}

/**
 * Starts Appium on a free port of the loopback, as a program of the run, with one driver.
 * @throws PhoneUnavailable where it is not there or does not come up
 */
export const startAppium = async (run: OwnRun, options: AppiumOptions): Promise<AppiumServer> => {
  const { folder, version, driver: installed } = findAppium(options)
  const port = await freePort()
  const { driver, insecure, readyMs = usualReadyMs } = options
  const args = [
    join(folder, 'index.js'),
    'server',
    ...['--address', '127.0.0.1', '--port', String(port)],
    ...['--use-drivers', driver.name],
    ...(insecure.length === 0 ? [] : ['--allow-insecure', insecure.map((one) => `${driver.name}:${one}`).join(',')]),
    ...['--log-no-colors', '--log-level', 'debug'],
  ]
  let log = ''
  const env = { ...options.env, APPIUM_HOME: await makeAppiumHome(run.folder, installed) }
  const program = run.start(process.execPath, args, env, (words) => {
    log = (log + words).slice(-mostLog)
  })
  let ended: string | null = null
  void program.ended.then((how) => {
    ended = how
  })
  for (const until = performance.now() + readyMs; ; await sleep(lookMs)) {
    if (await answers(port)) break
    if (ended === null && performance.now() < until) continue
    // Told before it is ended by us.
    const how = ended === null ? `does not answer within ${readyMs} ms` : `ended (${ended})`
    await program.end()
    throw new PhoneUnavailable(`Appium ${how}: ${program.lastWords().split('\n').at(-1) ?? 'it said nothing'}`)
  }
  return {
    port,
    version,
    takeLog() {
      const taken = log
      log = ''
      return taken
    },
    end: program.end,
  }
}

const answers = async (port: number): Promise<boolean> => {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/status`)
    await response.arrayBuffer()
    return response.ok
  } catch {
    return false
  }
}
