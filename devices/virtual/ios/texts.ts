import type { OSStatus } from '../../../harness/contract/platforms/ios.ts'
import type { Language } from './phone.ts'

/* The wording of native messages: for people, in the phone's language, and to be parsed by nobody. */

type Texts = Readonly<Record<number, Readonly<Record<Language, string>>>>

const statusTexts: Texts = {
  0: { en: 'No error.', de: 'Kein Fehler.' },
  [-50]: {
    en: 'One or more parameters passed to a function were not valid.',
    de: 'Mindestens ein Parameter, der an eine Funktion übergeben wurde, war ungültig.',
  },
  [-128]: { en: 'User canceled the operation.', de: 'Der Vorgang wurde vom Benutzer abgebrochen.' },
  [-25293]: {
    en: 'The user name or passphrase you entered is not correct.',
    de: 'Der eingegebene Benutzername oder das Kennwort ist nicht korrekt.',
  },
  [-25299]: {
    en: 'The specified item already exists in the keychain.',
    de: 'Das angegebene Objekt ist bereits im Schlüsselbund vorhanden.',
  },
  [-25300]: {
    en: 'The specified item could not be found in the keychain.',
    de: 'Das angegebene Objekt konnte nicht im Schlüsselbund gefunden werden.',
  },
  [-25308]: { en: 'User interaction is not allowed.', de: 'Benutzerinteraktion ist nicht zulässig.' },
  [-26275]: { en: 'Unable to decode the provided data.', de: 'Die Daten konnten nicht decodiert werden.' },
  [-34018]: {
    en: 'A required entitlement isn’t present.',
    de: 'Eine erforderliche Berechtigung ist nicht vorhanden.',
  },
}
const laTexts: Texts = {
  [-1]: { en: 'Application retry limit exceeded.', de: 'Die Anzahl der Versuche wurde überschritten.' },
  [-2]: { en: 'Canceled by user.', de: 'Vom Benutzer abgebrochen.' },
  [-3]: { en: 'Fallback authentication mechanism selected.', de: 'Alternative Anmeldung ausgewählt.' },
  [-4]: { en: 'UI canceled by system.', de: 'Die Anzeige wurde vom System abgebrochen.' },
  [-5]: { en: 'Passcode not set.', de: 'Kein Code festgelegt.' },
  [-7]: { en: 'No identities are enrolled.', de: 'Es sind keine Identitäten registriert.' },
  [-8]: { en: 'Biometry is locked out.', de: 'Die Biometrie ist gesperrt.' },
  [-9]: { en: 'Canceled by app.', de: 'Von der App abgebrochen.' },
  [-10]: { en: 'Invalid context.', de: 'Ungültiger Kontext.' },
  [-1004]: { en: 'User interaction required.', de: 'Benutzerinteraktion erforderlich.' },
}

/** `SecCopyErrorMessageString`. */
export const statusText = (status: OSStatus, language: Language): string =>
  statusTexts[status]?.[language] ?? `OSStatus ${status}`
/** `localizedDescription` of an `LAError`. */
export const laText = (code: number, language: Language): string =>
  laTexts[code]?.[language] ?? `com.apple.LocalAuthentication ${code}`
