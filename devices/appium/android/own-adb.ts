import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { executable } from '../executable.ts'
import { PhoneUnavailable } from '../phone-unavailable.ts'
import { askAdb, type PhoneOnAdb } from './adb-host.ts'

const run = promisify(execFile)
/** What a program prints for `version`. */
export type Versions = (command: string) => Promise<string>
const versionOf: Versions = async (command) => (await run(command, ['version'], { timeout: 20_000 })).stdout

/**
 * Path of the adb that Appium will use.
 * @throws PhoneUnavailable where it is not there
 */
export const adbOf = (env: NodeJS.ProcessEnv): string => {
  const sdk = env.ANDROID_HOME ?? env.ANDROID_SDK_ROOT
  if (sdk === undefined || sdk === '')
    throw new PhoneUnavailable('ANDROID_HOME is not set, and Appium takes adb from there: set it to your Android SDK.')
  const adb = executable(['adb', 'adb.exe'], join(sdk, 'platform-tools'))
  if (adb === null)
    throw new PhoneUnavailable(
      `There is no adb in ${join(sdk, 'platform-tools')}: install the SDK's platform-tools, or correct ANDROID_HOME.`,
    )
  return adb
}

/**
 * Sees that the phone is there, before Appium tries and waits. A server of another version is left alone: adb would end it,
 * and with it what others do on its phones. One that does not run yet is started by Appium.
 * @throws PhoneUnavailable
 */
export const requirePhone = async (
  { adbPort, serial }: PhoneOnAdb,
  adb: string,
  versions: Versions = versionOf,
): Promise<void> => {
  const told = await versions(adb).catch((cause: unknown) => {
    throw new PhoneUnavailable(`${adb} does not tell its version: see whether it runs at all.`, { cause })
  })
  const client = Number(/version \d+\.\d+\.(\d+)/.exec(told)?.[1])
  const answer = await askAdb(adbPort, 'host:version').catch(() => null)
  if (answer === null) return
  const server = Number.parseInt(answer.slice(4), 16)
  if (server !== client)
    throw new PhoneUnavailable(
      `The adb server on port ${adbPort} is of version ${server}, and ${adb} of ${client}, which would end it: use the adb that started it, or another port by adbPort.`,
    )
  const lines = (await askAdb(adbPort, 'host:devices')).slice(4).trim().split('\n')
  const states = new Map(lines.flatMap((line) => (line === '' ? [] : [line.split('\t') as [string, string]])))
  const state = states.get(serial)
  if (state === undefined)
    throw new PhoneUnavailable(
      `adb on port ${adbPort} has no phone '${serial}': start it, or name one that is there (${[...states.keys()].join(', ') || 'none is'}).`,
    )
  if (state !== 'device')
    throw new PhoneUnavailable(`adb has the phone '${serial}' as '${state}': let it start, and allow debugging on it.`)
}
