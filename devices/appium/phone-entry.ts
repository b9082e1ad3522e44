import { z } from 'zod'
import { controlNames } from '../../harness/contract/controls.ts'
import { restoreWayNames } from '../../harness/contract/restoring.ts'

/* How a phone of one's own is named in `holdfast.config.ts`. */

const neverWritten = "is never written down: name the environment variable that holds it, as { env: 'PHONE_PIN' }"
const secretSchema = z.strictObject({ env: z.string().regex(/^[A-Za-z_]\w*$/, neverWritten) }, { error: neverWritten })
/** The environment variable that holds the secret of a screen lock. */
export type SecretFrom = Readonly<z.infer<typeof secretSchema>>

const installSchema = z.enum(['if-changed', 'always', 'never']).optional()
const appSchema = z.union(
  [
    // `newer`: a newer build, which an update of the app installs.
    z.strictObject({ path: z.string().min(1), newer: z.string().min(1).optional(), install: installSchema }),
    z.strictObject({ url: z.url({ protocol: /^https?$/ }), install: installSchema }),
    z.strictObject({ id: z.string().regex(/^[\w-]+(\.[\w-]+)+$/) }),
  ],
  {
    error:
      "must be one of { path: 'app.apk' }, { url: 'https://…' } and { id: 'com.example.app' }, the first two with install: 'if-changed', 'always' or 'never'",
  },
)
/** The app under test: a file, something to be fetched, or what is installed already. Default of `install`: `if-changed`. */
export type PhoneApp = Readonly<z.infer<typeof appSchema>>

/** What the user's own program or service does in place of a control, beside or instead of the phone's driver. */
const hookSchema = z.union(
  [
    z.strictObject({ run: z.array(z.string()).min(1), timeoutMs: z.number().int().positive().optional() }),
    z.strictObject({
      post: z.url({ protocol: /^https?$/ }),
      timeoutMs: z.number().int().positive().optional(),
    }),
  ],
  { error: "must be { run: ['command', 'argument'] } or { post: 'http://…' }" },
)
export type Hook = Readonly<z.infer<typeof hookSchema>>

const oneOfWays = `must be one or several of ${restoreWayNames.join(', ')}`
const wayName = z.enum(restoreWayNames, { error: oneOfWays })

const shared = {
  app: appSchema,
  /** How the vault may be put back between programs. Of several the one that is measured to be the cheapest is used. */
  restore: z.union([wayName, z.array(wayName).min(1)], { error: oneOfWays }).optional(),
  /** By the control's name. */
  controls: z.partialRecord(z.enum(controlNames, { error: 'is no control' }), hookSchema).optional(),
}
const androidShared = { pin: secretSchema, activity: z.string().min(1).optional() }
const iosShared = { biometry: z.enum(['touchId', 'faceId']).optional() }
const capabilities = z.record(z.string(), z.unknown()).optional()

/** Several phones that targets take in turn, by their names. */
export const poolSchema = z.strictObject({
  is: z.literal('pool'),
  phones: z.array(z.string().min(1)).min(1, 'must name a phone at least'),
})
export type PoolEntry = Readonly<z.infer<typeof poolSchema>>

const phoneEntrySchemas = [
  z.strictObject({ is: z.literal('virtual-android') }),
  z.strictObject({ is: z.literal('virtual-ios') }),
  z.strictObject({
    is: z.literal('android-emulator'),
    /** `emulator-5554`. */
    serial: z.string().min(1),
    /** Of the adb server that has it. Default 5037. */
    adbPort: z.number().int().min(1).max(65_535).optional(),
    capabilities,
    ...androidShared,
    ...shared,
  }),
  z.strictObject({ is: z.literal('ios-simulator'), udid: z.string().min(1), capabilities, ...iosShared, ...shared }),
  z.strictObject({
    is: z.literal('appium'),
    /** Where an Appium listens that somebody else started. */
    url: z.url({ protocol: /^https?$/, error: 'must be the address of an Appium, as http://127.0.0.1:4723/' }),
    platform: z.enum(['android', 'ios']),
    /** What it leads to, as far as it can be believed: F2 an emulator or simulator, F3 a real phone. */
    fidelity: z.enum(['F0', 'F1', 'F2', 'F3'], {
      error: 'must say what the Appium leads to: F2 for an emulator or simulator, F3 for a real phone',
    }),
    capabilities,
    pin: secretSchema.optional(),
    activity: z.string().min(1).optional(),
    ...iosShared,
    ...shared,
  }),
] as const
/** What `devices` of a configuration may hold. */
export const phoneEntrySchema = z.discriminatedUnion('is', [...phoneEntrySchemas, poolSchema], {
  error: "'is' must be one of virtual-android, virtual-ios, android-emulator, ios-simulator, appium, pool",
})

/** A phone of `holdfast.config.ts`. */
export type PhoneEntry = Readonly<z.infer<(typeof phoneEntrySchemas)[number]>>
/** One that is not made here, but driven where it is. */
export type OwnPhoneEntry = Exclude<PhoneEntry, { readonly is: 'virtual-android' | 'virtual-ios' }>

/** The built-in device that an entry of a virtual phone is; null for a phone of one's own. */
export const virtualDevice = (entry: PhoneEntry): 'appium-virtual-android' | 'appium-virtual-ios' | null =>
  entry.is === 'virtual-android' ? 'appium-virtual-android' : entry.is === 'virtual-ios' ? 'appium-virtual-ios' : null
