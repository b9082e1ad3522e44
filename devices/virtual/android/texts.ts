/** Languages that the phone can speak. `change-language` goes to the next one. */
export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

/**
 * What the phone says for people: texts of prompt errors and buttons, and messages of what is thrown. On a real phone messages of
 * exceptions mostly stay English; here all change with the language, since nothing may depend on any of them.
 */
export const texts = {
  'prompt-timeout': { en: 'Authentication timed out', de: 'Zeitüberschreitung bei der Authentifizierung' },
  'prompt-canceled': { en: 'Fingerprint operation canceled.', de: 'Fingerabdruckvorgang wurde abgebrochen.' },
  'prompt-lockout': {
    en: 'Too many attempts. Try again later.',
    de: 'Zu viele Versuche. Versuche es später noch einmal.',
  },
  'prompt-lockout-permanent': {
    en: 'Too many attempts. Use screen lock instead.',
    de: 'Zu viele Versuche. Verwende stattdessen die Displaysperre.',
  },
  'prompt-user-canceled': { en: 'Authentication canceled by user.', de: 'Authentifizierung vom Nutzer abgebrochen.' },
  'prompt-no-biometrics': { en: 'No fingerprints enrolled.', de: 'Keine Fingerabdrücke erfasst.' },
  'prompt-no-hardware': { en: 'Biometric hardware not found', de: 'Biometrische Hardware nicht gefunden' },
  'prompt-no-credential': {
    en: 'No pin, pattern, or password set',
    de: 'Keine PIN, kein Muster und kein Passwort festgelegt',
  },
  'use-finger': { en: 'Use fingerprint', de: 'Fingerabdruck verwenden' },
  'use-face': { en: 'Use face', de: 'Gesichtserkennung verwenden' },
  'use-biometrics': { en: 'Use biometrics', de: 'Biometrie verwenden' },
  'use-screen-lock': { en: 'Use screen lock', de: 'Displaysperre verwenden' },
  'key-invalidated': { en: 'Key permanently invalidated', de: 'Schlüssel dauerhaft ungültig' },
  'credentials-changed': {
    en: 'User changed or deleted their auth credentials',
    de: 'Nutzer hat seine Anmeldedaten geändert oder gelöscht',
  },
  'key-information': {
    en: 'Failed to obtain information about key',
    de: 'Informationen zum Schlüssel konnten nicht abgerufen werden',
  },
  'not-authenticated': { en: 'User not authenticated', de: 'Nutzer nicht authentifiziert' },
  'operation-failed': { en: 'Keystore operation failed', de: 'Keystore-Vorgang fehlgeschlagen' },
  'key-not-authenticated': { en: 'Key user not authenticated', de: 'Nutzer des Schlüssels nicht authentifiziert' },
  'operation-expired': { en: 'Invalid operation handle', de: 'Ungültiges Handle für den Vorgang' },
  'invalid-key-blob': { en: 'Invalid key blob', de: 'Ungültiger Schlüsselblob' },
  'incompatible-key': { en: 'Incompatible purpose or mode', de: 'Inkompatibler Zweck oder Modus' },
  'input-length': { en: 'Invalid input length', de: 'Ungültige Eingabelänge' },
  'bad-tag': { en: 'Signature/MAC verification failed', de: 'Signatur-/MAC-Prüfung fehlgeschlagen' },
  'bad-padding': { en: 'Invalid argument', de: 'Ungültiges Argument' },
  'needs-biometric': {
    en: 'At least one biometric must be enrolled to create keys requiring user authentication for every use',
    de: 'Mindestens ein biometrisches Merkmal muss erfasst sein, um Schlüssel mit Authentifizierung je Nutzung zu erstellen',
  },
  'needs-screen-lock': {
    en: 'Secure lock screen must be enabled to create keys requiring user authentication',
    de: 'Sichere Displaysperre muss aktiviert sein, um Schlüssel mit Authentifizierung zu erstellen',
  },
  'no-strongbox': { en: 'Failed to generate key: no StrongBox', de: 'Schlüssel nicht erzeugt: keine StrongBox' },
  'newer-api': { en: 'No such method on this API level', de: 'Keine solche Methode auf diesem API-Level' },
  'storage-locked': {
    en: 'SharedPreferences in credential encrypted storage are not available until after user (id 0) is unlocked',
    de: 'SharedPreferences im verschlüsselten Speicher sind erst nach dem Entsperren des Nutzers (ID 0) verfügbar',
  },
  'files-locked': {
    en: 'Files in credential encrypted storage are not available until after user (id 0) is unlocked',
    de: 'Dateien im verschlüsselten Speicher sind erst nach dem Entsperren des Nutzers (ID 0) verfügbar',
  },
  'caller-iv': { en: 'Caller-provided IV not permitted', de: 'Vom Aufrufer übergebener IV nicht erlaubt' },
  'iv-required': { en: 'IV required when decrypting', de: 'Zum Entschlüsseln wird ein IV benötigt' },
  'iv-size': { en: 'Unsupported IV length', de: 'Nicht unterstützte IV-Länge' },
  'not-initialized': { en: 'Cipher not initialized', de: 'Cipher nicht initialisiert' },
  'iv-used': { en: 'IV has already been used', de: 'IV wurde bereits verwendet' },
  'crypto-not-initialized': { en: 'Crypto primitive not initialized', de: 'Kryptoprimitive nicht initialisiert' },
  'no-title': { en: 'Title must be set and non-empty.', de: 'Titel muss gesetzt und nicht leer sein.' },
  'no-negative-text': {
    en: 'Negative text must be set and non-empty.',
    de: 'Negativer Text muss gesetzt und nicht leer sein.',
  },
  'negative-text-and-credential': {
    en: 'Negative text must not be set if device credential authentication is allowed.',
    de: 'Negativer Text darf nicht gesetzt sein, wenn Geräteanmeldedaten erlaubt sind.',
  },
  'unsupported-authenticators': {
    en: 'Authenticator combination is unsupported on this API level',
    de: 'Kombination von Authenticators auf diesem API-Level nicht unterstützt',
  },
  'weak-crypto': {
    en: 'Crypto-based authentication is not supported for Class 2 (Weak) biometrics.',
    de: 'Kryptobasierte Authentifizierung wird für Biometrie der Klasse 2 (schwach) nicht unterstützt.',
  },
  'credential-crypto': {
    en: 'Crypto-based authentication is not supported for device credential prior to API 30.',
    de: 'Kryptobasierte Authentifizierung mit Geräteanmeldedaten wird vor API 30 nicht unterstützt.',
  },
} as const satisfies Record<string, Readonly<Record<Language, string>>>
export type TextName = keyof typeof texts
