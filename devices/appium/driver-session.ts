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
  | 'executeAsyncScript'
  | 'setTimeouts'
  | 'getLogs'
  | 'elementSendKeys'
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
export const openSession = (port: number, capabilities: Readonly<Record<string, unknown>>): Promise<DriverSession> =>
  openSessionAt(`http://127.0.0.1:${port}/`, capabilities)

/**
 * The same on any server.
 * @throws PhoneUnavailable where webdriverio is not installed, nobody answers there, or the driver refuses
 */
export const openSessionAt = async (
  url: string,
  capabilities: Readonly<Record<string, unknown>>,
): Promise<DriverSession> => {
  const { remote } = await import('webdriverio').catch((cause: unknown) => {
    throw new PhoneUnavailable('webdriverio is not installed: run npm install --save-dev webdriverio@9.', { cause })
  })
  const { protocol, hostname, port, pathname, username, password } = new URL(url)
  const secure = protocol === 'https:'
  return remote({
    protocol: secure ? 'https' : 'http',
    hostname,
    port: port === '' ? (secure ? 443 : 80) : Number(port),
    path: pathname,
    ...(username === '' ? {} : { user: decodeURIComponent(username), key: decodeURIComponent(password) }),
    logLevel: 'silent',
    connectionRetryCount: 0,
    connectionRetryTimeout: commandMs,
    capabilities: { 'wdio:enforceWebDriverClassic': true, ...capabilities },
  }).catch((cause: unknown) => {
    const why = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
    throw new PhoneUnavailable(`No session with the phone could be opened: ${why}`, { cause })
  })
}
