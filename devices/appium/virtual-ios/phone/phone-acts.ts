import { z } from 'zod'
import type { Iphone } from './iphone.ts'
import type { IphonePages } from './iphone-pages.ts'
import { pageSource } from './page-source.ts'

/** What the driver asks the phone for, each with the shape of what it is asked with. */
export const phoneActs = (phone: Iphone, pages: IphonePages) =>
  ({
    status: act(nothing, () => ({ bundleId: phone.app.bundleId, systemVersion: String(phone.systemVersion()) })),
    isInstalled: act(nothing, phone.installed),
    state: act(nothing, phone.state),
    activate: act(nothing, phone.activate),
    launch: act(z.record(z.string(), z.string()), phone.launch),
    terminate: act(nothing, phone.terminate),
    background: act(nothing, phone.background),
    install: act(nothing, phone.install),
    remove: act(nothing, phone.remove),
    clearKeychains: act(nothing, phone.clearKeychains),
    lock: act(nothing, phone.lock),
    unlock: act(nothing, phone.unlock),
    isLocked: act(nothing, phone.isLocked),
    enrol: act(z.boolean(), phone.enrolBiometric),
    isEnrolled: act(nothing, phone.isBiometricEnrolled),
    match: act(z.strictObject({ type: z.enum(['touchId', 'faceId']), match: z.boolean() }), ({ type, match }) =>
      phone.sendBiometricMatch(type, match),
    ),
    alert: act(nothing, phone.alert),
    tapAlert: act(z.string(), phone.tapAlert),
    type: act(z.string(), phone.type),
    orientation: act(nothing, phone.orientation),
    turn: act(z.enum(['PORTRAIT', 'LANDSCAPE']), phone.turn),
    setLanguage: act(z.enum(['en', 'de']), phone.setLanguage),
    log: act(nothing, phone.takeLog),
    source: act(nothing, () => pageSource(phone.screen(), phone.alert())),
    screenshot: act(nothing, async () => (await pages.picture(phone.screen())).toString('base64')),
    page: act(nothing, pages.shown),
    evaluate: act(
      z.strictObject({ script: z.string(), args: z.array(z.unknown()), async: z.boolean() }),
      ({ script, args, async }) => pages.evaluate(script, args, async),
    ),
  }) as const
export type PhoneActs = ReturnType<typeof phoneActs>
export type PhoneAct = keyof PhoneActs

const nothing = z.null()
interface Act<Asked, Answer> {
  readonly asked: z.ZodType<Asked>
  readonly doing: (asked: Asked) => Answer
}
const act = <Asked, Answer>(asked: z.ZodType<Asked>, doing: (asked: Asked) => Answer): Act<Asked, Answer> => ({
  asked,
  doing,
})
