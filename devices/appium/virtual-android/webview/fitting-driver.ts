import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { PhoneUnavailable } from '../../phone-unavailable.ts'

/** Tells what a program prints for `--version`. */
export type Versions = (command: string) => Promise<string>

const run = promisify(execFile)
const versionOf: Versions = async (command) => (await run(command, ['--version'], { timeout: 20_000 })).stdout

const major = (told: string): number | null => {
  const read = /(\d+)\.\d+\.\d+/.exec(told)?.[1]
  return read === undefined ? null : Number(read)
}

/**
 * Sees that chromedriver is made for this Chromium, before the driver tries and waits.
 * @throws PhoneUnavailable
 */
export const requireFitting = async (
  chromium: string,
  chromedriver: string,
  versions: Versions = versionOf,
): Promise<void> => {
  const [browser, driver] = await Promise.all(
    [chromium, chromedriver].map((command) => versions(command).then(major, () => null)),
  )
  for (const [command, version] of [
    [chromium, browser],
    [chromedriver, driver],
  ] as const)
    if (version === null || version === undefined)
      throw new PhoneUnavailable(`${command} does not tell its version: see whether it runs at all.`)
  if (browser !== driver)
    throw new PhoneUnavailable(
      `chromedriver ${driver} does not fit Chromium ${browser}: install the chromedriver of the same version.`,
    )
}
