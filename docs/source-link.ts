/** Documents that rows name, by the words that they are named with. */
const documents: Readonly<Record<string, string>> = {
  'Android: Auto Backup': 'https://developer.android.com/guide/topics/data/autobackup',
  'Android: Keystore': 'https://developer.android.com/privacy-and-security/keystore',
  'Android: direct boot': 'https://developer.android.com/privacy-and-security/direct-boot',
  'Android CDD 7.3.10': 'https://source.android.com/docs/compatibility/cdd',
  'Apple: Keychain data protection':
    'https://support.apple.com/guide/security/keychain-data-protection-secb0694df1a/web',
  'Apple: LAError': 'https://developer.apple.com/documentation/localauthentication/laerror',
  'Apple: Protecting keys with the Secure Enclave':
    'https://developer.apple.com/documentation/security/protecting-keys-with-the-secure-enclave',
  'Apple: Security framework result codes':
    'https://developer.apple.com/documentation/security/security-framework-result-codes',
  'Apple: biometryCurrentSet':
    'https://developer.apple.com/documentation/security/secaccesscontrolcreateflags/biometrycurrentset',
  'C2SP age: header MAC': 'https://c2sp.org/age',
  'C2SP tlog-checkpoint': 'https://c2sp.org/tlog-checkpoint',
  'CREDENTIALW: CRED_MAX_CREDENTIAL_BLOB_SIZE':
    'https://learn.microsoft.com/en-us/windows/win32/api/wincred/ns-wincred-credentialw',
  'NIST SP 800-132': 'https://csrc.nist.gov/pubs/sp/800/132/final',
  'NIST SP 800-38D': 'https://csrc.nist.gov/pubs/sp/800/38/d/final',
  'NIST SP 800-57 Part 1': 'https://csrc.nist.gov/pubs/sp/800/57/pt1/r5/final',
  'NIST SP 800-63B 5.2.2': 'https://pages.nist.gov/800-63-3/sp800-63b.html',
  'OWASP Logging Cheat Sheet': 'https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html',
  'OWASP Password Storage Cheat Sheet':
    'https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html',
  'OWASP Transaction Authorization Cheat Sheet':
    'https://cheatsheetseries.owasp.org/cheatsheets/Transaction_Authorization_Cheat_Sheet.html',
  'Tauri: Capabilities': 'https://v2.tauri.app/security/capabilities/',
  'Tauri: Command Scopes': 'https://v2.tauri.app/security/scope/',
  'W3C WebAuthn Level 3': 'https://www.w3.org/TR/webauthn-3/',
  'androidx BiometricPrompt reference': 'https://developer.android.com/reference/androidx/biometric/BiometricPrompt',
}

/** Where a source begins like this, it is found there. */
const patterns: readonly (readonly [RegExp, (...found: readonly string[]) => string])[] = [
  [/^([\w.-]+\/[\w.-]+)#(\d+)$/, (repository, issue) => `https://github.com/${repository}/issues/${issue}`],
  [/^([\w.-]+\/[\w.-]+) PR#(\d+)/, (repository, request) => `https://github.com/${repository}/pull/${request}`],
  [/^([\w.-]+\/[\w.-]+)(?:[: ]|$)/, (repository) => `https://github.com/${repository}`],
  [/^decentpaste\b/, () => 'https://github.com/decentpaste/decentpaste'],
  [/^Secret Service\b/, () => 'https://specifications.freedesktop.org/secret-service/latest/'],
  [/^RFC (\d+)/, (number) => `https://www.rfc-editor.org/rfc/rfc${number}`],
  [/^(CVE-[\d-]+)$/, (id) => `https://www.cve.org/CVERecord?id=${id}`],
  [/^(GHSA-[\w-]+)$/, (id) => `https://github.com/advisories/${id}`],
  [/^Apple developer forums (\d+)/, (thread) => `https://developer.apple.com/forums/thread/${thread}`],
  [/^StackOverflow (\d+)/, (question) => `https://stackoverflow.com/q/${question}`],
  [/^man (\d) ([\w-]+)/, (section, page) => manPage(page ?? '', section ?? '')],
  [/^([\w-]+)\((\d)\)/, (page, section) => manPage(page ?? '', section ?? '')],
]
const manPage = (page: string, section: string): string =>
  `https://man7.org/linux/man-pages/man${section}/${page}.${section}.html`

/** Where a source of a row can be read; null where it has no address. */
export function sourceLink(source: string): string | null {
  const known = documents[source]
  if (known !== undefined) return known
  for (const [pattern, address] of patterns) {
    const found = pattern.exec(source)
    if (found !== null) return address(...found.slice(1))
  }
  return null
}

/** Where a weakness is described. */
export const weaknessLink = (id: string): string =>
  id.startsWith('CWE-') ? `https://cwe.mitre.org/data/definitions/${id.slice(4)}.html` : `https://mas.owasp.org/${id}`
