/** What a session may be asked with, beside what every driver takes. Names as XCUITest has them. */
export const constraints = {
  platformName: { presence: true, isString: true, inclusionCaseInsensitive: ['iOS'] },
  deviceName: { isString: true },
  udid: { isString: true },
  platformVersion: { isString: true },
  bundleId: { isString: true },
  app: { isString: true },
  /** Where the phone listens. */
  webDriverAgentUrl: { presence: true, isString: true },
  autoLaunch: { isBoolean: true },
  autoWebview: { isBoolean: true },
} as const
