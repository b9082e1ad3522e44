import { z } from 'zod'

interface ControlRow {
  readonly meaning: string
  readonly schema: z.ZodObject
}
const atEffect = { atEffect: z.number().int().nonnegative().optional() }
const control = <N extends string, S extends z.ZodRawShape>(name: N, meaning: string, shape: S) => ({
  meaning,
  schema: z.strictObject({ control: z.literal(name), ...shape }),
})

/**
 * Everything that can be done to the world. `atEffect` arms the control: it happens when the vault is about to
 * complete its n-th effect after this command (simulated devices only).
 */
export const controls = {
  'kill-app': control('kill-app', "kill the vault's process", atEffect),
  'restart-machine': control('restart-machine', 'stop and start the machine in good order', {}),
  'cut-power': control('cut-power', 'cut the power: what was not synced is gone', {
    ...atEffect,
    /** What unsynced work loses: all of it, or only file contents while names and renames reached the disk. */
    loses: z.enum(['all', 'contents']),
  }),
  'lock-keyring': control('lock-keyring', 'lock the keyring', {}),
  'unlock-keyring': control('unlock-keyring', 'unlock the keyring, as a login does', {}),
  'restart-keyring': control('restart-keyring', 'kill the keyring daemon and start it again, unlocked', {}),
  'stop-keyring': control('stop-keyring', 'take the keyring service away', {}),
  'start-keyring': control('start-keyring', 'bring the keyring service back, unlocked', {}),
  'advance-clock': control('advance-clock', 'let time pass, in milliseconds; less than nothing sets the clock back', {
    by: z.number().int(),
  }),
  'wipe-keyring': control('wipe-keyring', "remove the vault's items from the keyring behind its back", {}),
  'copy-files': control('copy-files', "keep a copy of the vault's files, as a backup does", {}),
  'restore-files': control('restore-files', "put the copy back in place of the vault's files", {}),
  'damage-file': control(
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
} as const satisfies Record<string, ControlRow>

export type ControlName = keyof typeof controls
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
  controls['advance-clock'].schema,
  controls['wipe-keyring'].schema,
  controls['copy-files'].schema,
  controls['restore-files'].schema,
  controls['damage-file'].schema,
])
