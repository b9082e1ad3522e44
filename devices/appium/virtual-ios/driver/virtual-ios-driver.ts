// A class, and as long as it is, because Appium finds commands as methods of one.
import { setTimeout as sleep } from 'node:timers/promises'
import { BaseDriver, errors } from 'appium/driver.js'
import type { Alert, Orientation } from '../phone/iphone.ts'
import { booleanOf, environmentOf, featureOf, languageOf, stringOf } from './arguments.ts'
import { constraints } from './capabilities.ts'
import { executeMethods } from './execute-methods.ts'
import { linkTo, type PhoneLink } from './phone-link.ts'

const native = 'NATIVE_APP'
const gone = 'no such window: the page that the context was of is gone'
const elementKey = 'element-6066-11e4-a52e-4f735466cecf'
/** Ids of what can be found on the screen. */
const fieldId = 'passcode-field'

/** Drives a virtual iPhone by the names and checks of XCUITest, which itself needs macOS. */
export class VirtualIosDriver extends BaseDriver<typeof constraints> {
  static executeMethodMap = executeMethods
  override desiredCapConstraints = constraints
  override locatorStrategies = ['class name', 'accessibility id', 'name']
  override supportedLogTypes = {
    syslog: {
      description: 'What apps wrote to the log since it was last asked for',
      getter: async () => (await this.phone().ask('log')).map((message) => ({ level: 'ALL', message, timestamp: 0 })),
    },
  }
  private link: PhoneLink | null = null
  private bundleId = ''
  private context = native
  private scriptMs = 0

  override async createSession(...given: Parameters<BaseDriver<typeof constraints>['createSession']>) {
    const made = await super.createSession(...given)
    this.link = linkTo(this.opts.webDriverAgentUrl)
    const { bundleId } = await this.link.ask('status')
    this.bundleId = this.opts.bundleId ?? bundleId
    this.context = native
    if (this.opts.autoLaunch !== false && (await this.link.ask('isInstalled'))) await this.link.ask('activate')
    return made
  }
  override async deleteSession(id?: string | null): Promise<void> {
    this.link = null
    await super.deleteSession(id)
  }
  private phone(): PhoneLink {
    if (this.link === null) throw new errors.NoSuchDriverError('the session has no phone')
    return this.link
  }
  private async own(given: unknown): Promise<boolean> {
    return stringOf(given, 'bundleId') === this.bundleId && (await this.phone().ask('isInstalled'))
  }
  private async mustOwn(given: unknown): Promise<void> {
    if (!(await this.own(given))) throw new errors.UnknownError(`The application '${String(given)}' is not installed`)
  }

  async mobileEnrollBiometric(isEnabled?: unknown): Promise<void> {
    await this.phone().ask('enrol', booleanOf(isEnabled, 'isEnabled', true))
  }
  async mobileSendBiometricMatch(type?: unknown, match?: unknown): Promise<void> {
    await this.phone().ask('match', { type: featureOf(type ?? undefined), match: booleanOf(match, 'match', true) })
  }
  async mobileIsBiometricEnrolled(): Promise<boolean> {
    return this.phone().ask('isEnrolled')
  }

  async mobileActivateApp(bundleId: unknown): Promise<void> {
    await this.mustOwn(bundleId)
    await this.phone().ask('activate')
  }
  async mobileLaunchApp(bundleId: unknown, _arguments?: unknown, environment?: unknown): Promise<void> {
    await this.mustOwn(bundleId)
    await this.phone().ask('launch', environmentOf(environment))
  }
  async mobileTerminateApp(bundleId: unknown): Promise<boolean> {
    return (await this.own(bundleId)) && (await this.phone().ask('terminate'))
  }
  async mobileQueryAppState(bundleId: unknown): Promise<number> {
    return (await this.own(bundleId)) ? this.phone().ask('state') : 1
  }
  /** To the home screen: for so many seconds, or for good where they are less than nothing. */
  async mobileBackgroundApp(seconds?: unknown): Promise<void> {
    await this.phone().ask('background')
    if (typeof seconds !== 'number' || seconds < 0) return
    await sleep(seconds * 1000)
    await this.phone().ask('activate')
  }
  async mobilePressButton(name: unknown): Promise<void> {
    if (stringOf(name, 'name').toLowerCase() !== 'home')
      throw new errors.InvalidArgumentError(`The button '${String(name)}' is unknown. Only 'home' is there.`)
    await this.phone().ask('background')
  }
  async mobileInstallApp(app: unknown): Promise<void> {
    stringOf(app, 'app')
    await this.phone().ask('install')
  }
  async mobileRemoveApp(bundleId: unknown): Promise<boolean> {
    return (await this.own(bundleId)) && (await this.phone().ask('remove'))
  }
  async mobileIsAppInstalled(bundleId: unknown): Promise<boolean> {
    return this.own(bundleId)
  }
  async mobileClearKeychains(): Promise<void> {
    await this.phone().ask('clearKeychains')
  }
  async mobileLock(seconds?: unknown): Promise<void> {
    await this.phone().ask('lock')
    if (seconds === undefined || seconds === null || Number(seconds) <= 0) return
    await sleep(Number(seconds) * 1000)
    await this.phone().ask('unlock')
  }
  async mobileUnlock(): Promise<void> {
    await this.phone().ask('unlock')
  }
  async mobileIsLocked(): Promise<boolean> {
    return this.phone().ask('isLocked')
  }
  async mobileConfigureLocalization(_keyboard: unknown, language: unknown): Promise<void> {
    const wanted = languageOf(language)
    if (wanted !== null) await this.phone().ask('setLanguage', wanted)
  }
  async mobileGetDeviceInfo(): Promise<unknown> {
    const { systemVersion } = await this.phone().ask('status')
    return { name: 'Holdfast virtual iPhone', model: 'iPhone', isSimulator: true, systemVersion }
  }

  private async mustAlert(): Promise<Alert> {
    const alert = await this.phone().ask('alert')
    if (alert === null) throw new errors.NoAlertOpenError()
    return alert
  }
  private async tapAlert(button: string): Promise<void> {
    if (!(await this.phone().ask('tapAlert', button)))
      throw new errors.InvalidElementStateError(`The alert has no button '${button}' now`)
  }
  async getAlertText(): Promise<string> {
    return (await this.mustAlert()).text
  }
  /** No system prompt for a person is accepted by a button: only its own, where it has one, can be chosen. */
  async postAcceptAlert(): Promise<void> {
    const { buttons } = await this.mustAlert()
    await this.tapAlert(buttons[1] ?? 'OK')
  }
  async postDismissAlert(): Promise<void> {
    const { buttons } = await this.mustAlert()
    await this.tapAlert(buttons[0] ?? 'Cancel')
  }
  async mobileHandleAlert(action: unknown, buttonLabel?: unknown): Promise<readonly string[] | undefined> {
    if (action !== 'accept' && action !== 'dismiss' && action !== 'getButtons')
      throw new errors.InvalidArgumentError(
        `The 'action' value should be either 'accept', 'dismiss' or 'getButtons'. '${String(action)}' is provided instead.`,
      )
    if (action === 'getButtons') return (await this.mustAlert()).buttons
    if (buttonLabel !== undefined && buttonLabel !== null) {
      await this.mustAlert()
      await this.tapAlert(stringOf(buttonLabel, 'buttonLabel'))
    } else if (action === 'accept') await this.postAcceptAlert()
    else await this.postDismissAlert()
    return undefined
  }

  /** The page that is shown, under the id that XCUITest gives it: by its process, and its number there. */
  private async pages() {
    const page = await this.phone().ask('page')
    if (page === null) return []
    const { pid, title, url } = page
    return [{ id: `WEBVIEW_${pid}.1`, title, url, bundleId: this.bundleId }]
  }
  async getContexts(): Promise<string[]> {
    return [native, ...(await this.pages()).map(({ id }) => id)]
  }
  async mobileGetContexts(): Promise<readonly unknown[]> {
    return [{ id: native }, ...(await this.pages())]
  }
  async getCurrentContext(): Promise<string> {
    return this.context
  }
  async setContext(name: string): Promise<void> {
    if (name !== native && !(await this.getContexts()).includes(name)) throw new errors.NoSuchContextError()
    this.context = name
  }
  private async evaluate(script: string, args: readonly unknown[], async: boolean): Promise<unknown> {
    if (this.context === native) throw new errors.NotImplementedError()
    const [page] = await this.pages()
    if (page?.id !== this.context) throw new errors.NoSuchWindowError(gone)
    const asked = this.phone().ask('evaluate', { script, args: [...args], async })
    const waited = async ? Promise.race([asked, sleep(this.scriptMs, null, { ref: false })]) : asked
    const answer = await waited
    if (answer === null) throw new errors.TimeoutError(`The script did not call back within ${this.scriptMs} ms`)
    if ('gone' in answer) throw new errors.NoSuchWindowError(gone)
    if ('thrown' in answer) throw new errors.JavaScriptError(answer.thrown)
    return answer.value
  }
  async execute(script: string, args: readonly unknown[]): Promise<unknown> {
    return script.startsWith('mobile:')
      ? this.executeMethod(script, [...args] as never)
      : this.evaluate(script, args, false)
  }
  async executeAsync(script: string, args: readonly unknown[]): Promise<unknown> {
    return this.evaluate(script, args, true)
  }
  override async scriptTimeoutW3C(ms: number): Promise<void> {
    this.scriptMs = ms
  }

  async getOrientation(): Promise<Orientation> {
    return this.phone().ask('orientation')
  }
  async setOrientation(orientation: string): Promise<void> {
    const wanted = orientation.toUpperCase()
    if (wanted !== 'PORTRAIT' && wanted !== 'LANDSCAPE')
      throw new errors.InvalidArgumentError(`Orientation must be 'LANDSCAPE' or 'PORTRAIT'`)
    await this.phone().ask('turn', wanted)
  }
  async getScreenshot(): Promise<string> {
    return this.phone().ask('screenshot')
  }
  override async getPageSource(): Promise<string> {
    return this.phone().ask('source')
  }
  override async findElOrEls(
    strategy: string,
    selector: string,
    many: true,
  ): Promise<Record<typeof elementKey, string>[]>
  override async findElOrEls(
    strategy: string,
    selector: string,
    many: false,
  ): Promise<Record<typeof elementKey, string>>
  override async findElOrEls(strategy: string, selector: string, many: boolean) {
    const alert = await this.phone().ask('alert')
    const there =
      alert === null
        ? []
        : [
            { kind: 'XCUIElementTypeAlert', name: alert.text, id: alert.id },
            ...(alert.asksPasscode ? [{ kind: 'XCUIElementTypeSecureTextField', name: '', id: fieldId }] : []),
            ...alert.buttons.map((name) => ({ kind: 'XCUIElementTypeButton', name, id: `button ${name}` })),
          ]
    const found = there
      .filter(({ kind, name }) => selector === (strategy === 'class name' ? kind : name))
      .map(({ id }) => ({ [elementKey]: id }) as Record<typeof elementKey, string>)
    const [first] = found
    if (many) return found
    if (first === undefined) throw new errors.NoSuchElementError()
    return first
  }
  async click(id: string): Promise<void> {
    if (!id.startsWith('button ')) throw new errors.InvalidElementStateError('Nothing happens where that is tapped')
    await this.tapAlert(id.slice('button '.length))
  }
  async setValue(text: string, id: string): Promise<void> {
    if (id !== fieldId) throw new errors.InvalidElementStateError('That takes no text')
    await this.phone().ask('type', text.replace(/\n$/, ''))
  }
}
