import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mapNative } from '../../harness/adapters/mapping.ts'
import { deadRow } from '../../harness/adapters/smoke.ts'
import { type Code, type Failure, failureSchema } from '../../harness/contract/codes.ts'
import { mappingRowSchema, type NativeError } from '../../harness/contract/mapping.ts'
import {
  biometricPromptErrors,
  biometricPromptFailure,
  canAuthenticateErrors,
  canAuthenticateFailure,
  promptDomain,
} from './android-biometric-prompt.ts'
import { keystoreErrors, keystoreFailure } from './android-keystore.ts'
import { type ErrorRow, mappingOf, rowOf } from './error-row.ts'
import { iosLaErrors, laErrorDomain, laFailure } from './ios-laerror.ts'
import { iosKeychainFailure, iosOsStatusErrors } from './ios-osstatus.ts'
import { macosKeychainErrors, macosKeychainFailure } from './macos-keychain.ts'
import { button, contexts, native, nativeOf } from './sample-errors.ts'
import { secretServiceErrors, secretServiceFailure } from './secret-service.ts'
import { windowsErrors, windowsFailure } from './windows-credential-manager.ts'

type Judge = (native: NativeError) => Failure
const judges = <C>(context: fc.Arbitrary<C>, failure: (native: NativeError, context: C) => Failure) =>
  context.map(
    (chosen): Judge =>
      (error) =>
        failure(error, chosen),
  )

/** Each table with what judges by it, in any context. */
const tables: Readonly<Record<string, readonly [readonly ErrorRow[], fc.Arbitrary<Judge>]>> = {
  'android-biometric-prompt': [biometricPromptErrors, judges(contexts.prompt, biometricPromptFailure)],
  'android-biometric-manager': [
    canAuthenticateErrors,
    fc.constant((error) =>
      typeof error.code === 'number'
        ? (canAuthenticateFailure(error.code) ?? { code: 'internal' })
        : { code: 'internal' },
    ),
  ],
  'android-keystore': [keystoreErrors, judges(contexts.keystore, keystoreFailure)],
  'ios-osstatus': [iosOsStatusErrors, judges(contexts.keychain, iosKeychainFailure)],
  'ios-laerror': [iosLaErrors, judges(contexts.la, laFailure)],
  'secret-service': [secretServiceErrors, judges(contexts.secretService, secretServiceFailure)],
  'macos-keychain': [macosKeychainErrors, fc.constant(macosKeychainFailure)],
  'windows-credential-manager': [windowsErrors, judges(contexts.windows, windowsFailure)],
}
describe.each(Object.entries(tables))('the table %s', (_, [rows, judge]) => {
  it('is data as adapters declare it, each row by identity, reachable, named, with its source', () => {
    for (const row of mappingOf(rows)) expect(mappingRowSchema.parse(row)).toEqual(row)
    for (const { by, name, source } of rows) {
      expect(['number', 'code', 'type', 'null']).toContain(by)
      expect(name).not.toBe('')
      expect(source).not.toBe('')
    }
    expect(deadRow(mappingOf(rows))).toBeNull()
    for (const [index, row] of rows.entries()) expect(rowOf(rows, nativeOf(row))).toBe(rows[index])
  })
  it('is read as the harness reads it', () => {
    const read = rows.map((row) => mapNative(mappingOf(rows), nativeOf(row), 'get').code)
    expect(read).toEqual(rows.map(({ to }) => to[0]))
  })
  it('says the same whatever the message, in whatever language, and nothing that the row does not allow', () => {
    const words = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        'Der Benutzername oder die Passphrase ist nicht korrekt.',
        'invalidat LAError Dbus NOT_FOUND',
        'User changed or deleted their auth credentials',
        'キーが無効になりました',
      ),
    )
    fc.assert(
      fc.property(fc.constantFrom(...rows), judge, words, (row, decide, message) => {
        const silent = decide(nativeOf(row))
        expect(decide({ ...nativeOf(row), message })).toEqual(silent)
        expect(failureSchema.parse(silent)).toEqual(silent)
        // A transient failure of the keystore is `unavailable` whatever its number.
        expect([...row.to, ...(rows === keystoreErrors ? ['unavailable'] : [])]).toContain(silent.code)
      }),
      { numRuns: 400, seed: 1 },
    )
  })
  it('calls internal what it does not name', () => {
    fc.assert(
      fc.property(judge, fc.constantFrom(777_777, 'no.such.Error', null), fc.string(), (decide, code, message) => {
        expect(decide({ domain: 'elsewhere', code, type: 'java.lang.Nothing', message }).code).toBe('internal')
      }),
      { numRuns: 50, seed: 1 },
    )
  })
})

/** What a person must be able to tell apart after a prompt, by number. Lists what a table confuses. */
function confused(map: (prompt: number) => Code): readonly string[] {
  const told = {
    'user cancel': map(10),
    'system cancel': map(5),
    timeout: map(3),
    'temporary lockout': map(7),
    'permanent lockout': map(9),
    'not recognised': 'auth-failed',
  } as const
  const names = Object.entries(told)
  return names.filter(([, code]) => names.filter(([, other]) => other === code).length > 1).map(([name]) => name)
}

describe('what must be told apart', () => {
  it('is, on Android and on iOS', () => {
    expect(confused((code) => biometricPromptFailure(native(promptDomain, code), button).code)).toEqual([])
    const ios = [-1, -2, -4].map((code) => laFailure(native(laErrorDomain, code), { sensor: true }).code)
    expect(new Set([...ios, 'timeout']).size).toBe(4)
  })
  it('is not by the table of the plugin that the first article describes', () => {
    const published = (code: number): Code =>
      code === 7 || code === 9 ? 'access-denied' : code === 10 ? 'user-cancelled' : 'auth-failed'
    expect(confused(published)).toEqual([
      'system cancel',
      'timeout',
      'temporary lockout',
      'permanent lockout',
      'not recognised',
    ])
  })
})
