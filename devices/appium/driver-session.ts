import type { Browser } from 'webdriverio'
import { PhoneUnavailable } from './phone-unavailable.ts'

/** A session with a driver of Appium, as far as it is used here. */
export type DriverSession = Pick<
  Browser,
  | 'sessionId'
  | 'capabilities'
  | 'deleteSession'
  | 'execute'
  | 'executeScript'
  | 'getAppiumContext'
  | 'switchAppiumContext'
  | 'getAppiumContexts'
  | 'findElement'
  | 'findElements'
  | 'elementClick'
  | 'getElementText'
  | 'getPageSource'
  | 'setOrientation'
  | 'takeScreenshot'
>

/** How long one command may take, session start included. Milliseconds. */
const commandMs = 90_000

/**
 * Opens a session on a server of the loopback.
 * @throws PhoneUnavailable where webdriverio is not installed, or the driver refuses
 */
export const openSession = async (
  port: number,
  capabilities: Readonly<Record<string, unknown>>,
): Promise<DriverSession> => {
  const { remote } = await import('webdriverio').catch((cause: unknown) => {
    throw new PhoneUnavailable('webdriverio is not installed: run npm install --save-dev webdriverio@9.', { cause })
  })
  return remote({
    hostname: '127.0.0.1',
    port,
    path: '/',
    logLevel: 'silent',
    connectionRetryCount: 0,
    connectionRetryTimeout: commandMs,
    capabilities: { 'wdio:enforceWebDriverClassic': true, ...capabilities },
  })
}
