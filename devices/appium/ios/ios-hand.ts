import type { DriverSession } from '../driver-session.ts'

/** What a person does to an iPhone, each a command of XCUITest's. */
export interface IosHand {
  /** A command by `execute`: `mobile: lock`. */
  mobile(name: string, given?: Readonly<Record<string, unknown>>): Promise<unknown>
  isLocked(): Promise<boolean>
  isEnrolled(): Promise<boolean>
  match(matches: boolean): Promise<void>
  /** What tells the alert that is up from every other; null where none is. */
  alert(): Promise<string | null>
  buttons(): Promise<readonly string[]>
  tapButton(label: string): Promise<void>
  /** Whether what is up asks for the passcode. */
  asksPasscode(): Promise<boolean>
  enterPasscode(passcode: string): Promise<void>
}

const elementKey = 'element-6066-11e4-a52e-4f735466cecf'

/**
 * @param native brings the session to the native part of the screen
 * @param feature what the phone knows people by
 */
export const iosHand = (
  session: () => DriverSession,
  native: () => Promise<void>,
  feature: 'touchId' | 'faceId',
): IosHand => {
  const mobile: IosHand['mobile'] = (name, given) =>
    session().executeScript(`mobile: ${name}`, given === undefined ? [] : [given])
  const found = async (kind: string): Promise<string | null> => {
    await native()
    const [first] = await session().findElements('class name', `XCUIElementType${kind}`)
    return first?.[elementKey] ?? null
  }
  return {
    mobile,
    isLocked: async () => (await mobile('isLocked')) === true,
    isEnrolled: async () => (await mobile('isBiometricEnrolled')) === true,
    async match(match) {
      await mobile('sendBiometricMatch', { type: feature, match })
    },
    alert: () => found('Alert'),
    async buttons() {
      const told = await mobile('alert', { action: 'getButtons' })
      return Array.isArray(told) ? told.map(String) : []
    },
    async tapButton(buttonLabel) {
      await mobile('alert', { action: 'dismiss', buttonLabel })
    },
    asksPasscode: async () => (await found('SecureTextField')) !== null,
    async enterPasscode(passcode) {
      const field = await found('SecureTextField')
      if (field !== null) await session().elementSendKeys(field, `${passcode}\n`)
    },
  }
}
