import { z } from 'zod'
import { eventRefSchema } from './events.ts'

/**
 * What it means for those who run a program: `app` ends the vault's process, `files` too, and is done to the files
 * behind its back; `prompt` answers a prompt, so it waits until one is up; `world` does neither.
 */
export const controlTouches = ['world', 'app', 'files', 'prompt'] as const

interface ControlRow {
  readonly meaning: string
  readonly touches: (typeof controlTouches)[number]
  readonly schema: z.ZodObject
}
const atEffect = { atEffect: z.number().int().nonnegative().optional() }
const control =
  (touches: ControlRow['touches']) =>
  <N extends string, S extends z.ZodRawShape>(name: N, meaning: string, shape: S) => ({
    meaning,
    touches,
    schema: z.strictObject({ control: z.literal(name), ...shape }),
  })
const [world, app, files, prompt] = [control('world'), control('app'), control('files'), control('prompt')]

/**
 * What kind of phone it is: the newest without faults, an older system, or one with a fault that was seen in the field. The
 * first control of a program, or skipped. What each does is told in docs/platforms.md.
 */
export const phoneProfiles = [
  'android-34',
  'android-30',
  'android-28',
  'android-q1-removed-finger',
  'android-q2-late-invalidation',
  'android-q3-update-breaks-keys',
  'android-q4-unlocked-device-keys',
  'android-q5-screen-lock-wipes',
  'android-q6-enrolment-unnoticed',
  'ios-18',
  'ios-15-prewarm',
  'ios-18-reset-face',
] as const
export type PhoneProfile = (typeof phoneProfiles)[number]

/**
 * Everything that can be done to the world. `atEffect` arms the control: it happens when the vault is about to
 * complete its n-th effect after this command (simulated devices only). One that has no meaning now is skipped: a touch
 * where no prompt is up, a finger less where there is none.
 */
export const controls = {
  'kill-app': app('kill-app', "kill the vault's process", atEffect),
  'restart-machine': app('restart-machine', 'stop and start the machine in good order', {
    /** How the keyring is once the person has logged in, and until something is done about it. Default: unlocked. */
    keyring: z.enum(['locked', 'absent']).optional(),
    /** `session`: log out, which ends all that the person runs, and in again; the machine goes on. Default: all of it. */
    reach: z.enum(['session']).optional(),
  }),
  'cut-power': app('cut-power', 'cut the power: what was not synced is gone', {
    ...atEffect,
    /** What unsynced work loses: all of it, or only file contents while names and renames reached the disk. */
    loses: z.enum(['all', 'contents']),
    /**
     * Milliseconds that pass before, while calls under way go on: a moment in the middle of a write, or some seconds after
     * it. Where time is simulated none passes.
     */
    afterMs: z.number().int().min(0).max(60_000).optional(),
  }),
  'lock-keyring': world('lock-keyring', 'lock the keyring', {}),
  'unlock-keyring': world('unlock-keyring', 'unlock the keyring, as a login does', {}),
  'restart-keyring': world('restart-keyring', 'kill the keyring daemon and start it again, unlocked', {
    /** `asked`: the daemon is asked to end, where the device has a real one. Default: it is killed. */
    daemon: z.enum(['asked']).optional(),
  }),
  'stop-keyring': world('stop-keyring', 'take the keyring service away', {}),
  'start-keyring': world('start-keyring', 'bring the keyring service back, unlocked', {}),
  'try-wrong-password': world('try-wrong-password', 'somebody tries to unlock the keyring with a wrong password', {}),
  'set-prompter': world(
    'set-prompter',
    "until the world is put back, the person dismisses each of the keyring's prompts, or never answers one",
    { answers: z.enum(['dismisses', 'never']) },
  ),
  'stop-bus': world('stop-bus', 'end the session bus; only a restart of the machine brings one back', {}),
  'protect-home': world('protect-home', "make the person's folders in the home read-only, or writable again", {
    writes: z.enum(['refused', 'allowed']),
  }),
  'fill-disk': world('fill-disk', 'leave no room on the disk of the home, or give it back', {
    room: z.enum(['none', 'back']),
  }),
  'advance-clock': world('advance-clock', 'let time pass, in milliseconds; less than nothing sets the clock back', {
    by: z.number().int(),
  }),
  'wipe-keyring': world('wipe-keyring', "remove the vault's items from the keyring behind its back", {}),
  'duplicate-items': world(
    'duplicate-items',
    "have another program add a copy of each of the vault's items to the keyring, under the same attributes",
    {
      /** `older`: what the item held before its last change, with a date before it; `newer`: what it holds, with a date after it. */
      age: z.enum(['older', 'newer']),
    },
  ),
  'swap-keyring': app(
    'swap-keyring',
    'log out, and in to a desktop with another keyring provider, which has nothing of the vault; the next time, back',
    {},
  ),
  'copy-files': world('copy-files', "keep a copy of the vault's files, as a backup does", {}),
  'restore-files': files('restore-files', "put the copy back in place of the vault's files", {}),
  'damage-file': files(
    'damage-file',
    "damage one of the vault's files: flip a bit, cut it, remove it, or swap it with the next",
    {
      how: z.enum(['flip', 'cut', 'remove', 'swap']),
      /** Which file, counted in the order of names, modulo how many there are. */
      file: z.number().int().nonnegative(),
      /** Which byte, modulo the file's size. */
      at: z.number().int().nonnegative(),
    },
  ),
  'damage-log': files('damage-log', "change the lines of the vault's audit log, as whoever may write its files can", {
    how: z.enum(['edit', 'insert', 'move', 'take-out', 'cut-start', 'cut-end', 'remove']),
    /** Which line, modulo how many there are. */
    at: z.number().int().nonnegative(),
  }),
  'rewrite-log': files(
    'rewrite-log',
    "replace the last event of the audit log by another, with the vault's own program on a copy of the machine as it was before that event",
    {
      event: eventRefSchema,
      /** What of that machine is put here: the vault's files, or what its keyring holds too. */
      puts: z.enum(['files', 'machine']),
    },
  ),
  'use-phone': world('use-phone', 'begin with a phone of another kind', { profile: z.enum(phoneProfiles) }),
  enrol: world('enrol', 'enrol one finger or face more in the settings, which takes the app to the background', {
    what: z.enum(['finger', 'strong-face', 'weak-face']),
  }),
  unenrol: world('unenrol', 'remove one finger, or all fingers and faces, in the settings', {
    which: z.enum(['one', 'all']),
  }),
  touch: prompt('touch', 'touch the sensor with a finger that is enrolled, or with one that is not', {
    finger: z.enum(['right', 'wrong']),
  }),
  'cancel-prompt': prompt('cancel-prompt', 'dismiss the prompt, or choose its other button', {
    by: z.enum(['dismissal', 'button']),
  }),
  'time-out-prompt': prompt('time-out-prompt', 'leave the prompt alone until the system takes it down', {}),
  'leave-app': prompt('leave-app', 'go to the home screen, where the system takes the prompt down, and come back', {}),
  'forge-match': prompt('forge-match', 'tell the app of a match that never was, as a hooked callback does', {}),
  'lock-out': world('lock-out', 'touch the sensor with wrong fingers elsewhere until it is locked out', {
    how: z.enum(['temporary', 'permanent']),
  }),
  'change-screen-lock': world('change-screen-lock', "change the phone's PIN, with the old one or without it", {
    old: z.enum(['proven', 'unproven']),
  }),
  'remove-screen-lock': world('remove-screen-lock', "remove the phone's PIN, and with it all fingers and faces", {}),
  'set-screen-lock': world('set-screen-lock', 'set a PIN and enrol a finger on a phone that has none', {}),
  'lock-screen': world('lock-screen', 'lock the screen', {}),
  'unlock-screen': world('unlock-screen', 'unlock the screen by the PIN; the first time after a start, for good', {}),
  reboot: app('reboot', 'restart the phone, and unlock it for the first time or not', { unlocked: z.boolean() }),
  rotate: world('rotate', 'turn the phone: the activity is made anew', {}),
  'clear-data': app('clear-data', "clear the app's data in the settings", {}),
  reinstall: app('reinstall', 'remove the app and install it again, with its backup or without', {
    backup: z.boolean(),
  }),
  'change-phone': app('change-phone', 'restore the backup on another phone, which has fingers of its own', {}),
  'update-app': app('update-app', 'install a newer version of the app', {}),
  'downgrade-app': app('downgrade-app', 'put the release of the app back that was there before the last update', {}),
  'update-system': app(
    'update-system',
    'install a newer version of the system, which restarts and unlocks the phone',
    {},
  ),
  'change-language': world(
    'change-language',
    "change the phone's language, and with it the wording of native messages",
    {},
  ),
} as const satisfies Record<string, ControlRow>

export type ControlName = keyof typeof controls
export const touchesOf = (control: Control): ControlRow['touches'] => controls[control.control].touches
export type Control = { [K in ControlName]: Readonly<z.infer<(typeof controls)[K]['schema']>> }[ControlName]
export const controlNames = Object.keys(controls) as [ControlName, ...ControlName[]]
export const controlSchema = z.discriminatedUnion('control', [
  controls['kill-app'].schema,
  controls['restart-machine'].schema,
  controls['cut-power'].schema,
  controls['lock-keyring'].schema,
  controls['unlock-keyring'].schema,
  controls['restart-keyring'].schema,
  controls['stop-keyring'].schema,
  controls['start-keyring'].schema,
  controls['try-wrong-password'].schema,
  controls['set-prompter'].schema,
  controls['stop-bus'].schema,
  controls['protect-home'].schema,
  controls['fill-disk'].schema,
  controls['advance-clock'].schema,
  controls['wipe-keyring'].schema,
  controls['duplicate-items'].schema,
  controls['swap-keyring'].schema,
  controls['copy-files'].schema,
  controls['restore-files'].schema,
  controls['damage-file'].schema,
  controls['damage-log'].schema,
  controls['rewrite-log'].schema,
  controls['use-phone'].schema,
  controls.enrol.schema,
  controls.unenrol.schema,
  controls.touch.schema,
  controls['cancel-prompt'].schema,
  controls['time-out-prompt'].schema,
  controls['leave-app'].schema,
  controls['forge-match'].schema,
  controls['lock-out'].schema,
  controls['change-screen-lock'].schema,
  controls['remove-screen-lock'].schema,
  controls['set-screen-lock'].schema,
  controls['lock-screen'].schema,
  controls['unlock-screen'].schema,
  controls.reboot.schema,
  controls.rotate.schema,
  controls['clear-data'].schema,
  controls.reinstall.schema,
  controls['change-phone'].schema,
  controls['update-app'].schema,
  controls['downgrade-app'].schema,
  controls['update-system'].schema,
  controls['change-language'].schema,
])
