/**
 * What must have happened in a history for a check to say anything. Each call belongs to at most one situation of
 * the first group, by what lies between it and the last acknowledged write, so that one bug is told under one id.
 */
export const situations = {
  'ordinary-write': 'an ordinary value was written while everything was there',
  'ordinary-read': 'an entry was read with nothing between its last write and the read',
  'large-value': 'a value near or over the limit was written, or its entry read next',
  'wide-value':
    'a value beyond ASCII, at least half as long as the declared limit, was written, or its entry read next',
  'listed-after-large': 'entries were named by a list after a value near or over the limit was acknowledged',
  'long-value-half-written':
    'an entry of a long value was read whose write was killed, or overlapped another write or the read',
  'marked-text': 'a value with line ends, umlauts or any bytes was written, or its entry read next',
  'encoded-text': 'a value that looks encoded was written, or its entry read next',
  'read-beside-line-ends':
    'an entry was read after a value with line ends was written to another one; deaths between were outlived before',
  'nul-inside': 'a value or name with a zero byte was written, or its entry read next',
  'empty-value': 'an empty value was written, or its entry read next',
  'look-alike-name': 'an entry was used after another one whose name looks the same',
  'read-after-kill': "the vault's process was killed between the last write and the read",
  'read-after-crash': 'the process was killed during a write of the entry that was then read',
  'read-after-restart':
    'the machine or keyring restarted, or was locked and unlocked, between the last write and the read',
  'read-after-power-cut': 'the power was cut between the last write and the read',
  listed: 'all entries were listed, and what each may hold is known',
  'read-after-delete': 'an entry was looked at after its deletion was acknowledged',
  'read-during-write': 'an entry was read while a write of it was in flight',
  'read-after-overlap': 'an entry was read whose last write overlapped another write',
  'write-without-store':
    'a write was asked for while the keyring was locked or absent, and what it gave searched for in files',
  'read-after-write-without-store':
    'a write was acknowledged without a keyring, and the entry read once the keyring was back',
  'used-after-opening': 'the vault was used right after it had said that it is open',
  'call-after-failed-start':
    'a process that was started and asked while there was no keyring was asked again once it was back',
  'first-calls-together': 'the first calls of a process were in flight together',
  'left-by-two-processes':
    'what two processes of the app had written into one vault was looked at after both had ended',
  'created-together': 'two calls that create the same entry were in flight together',
  'side-by-side': 'an entry was read beside calls of other entries, or had been written beside them',
  'overlapping-calls': 'several calls were in flight at once',
  'call-while-locked': 'a call could not be served because the keyring was locked',
  'existing-while-locked': 'something that exists was asked for while the keyring was locked',
  'call-while-absent': 'a call could not be served because there was no keyring',
  'unlock-answered': 'a call needed the keyring, which was locked, and the person was there to unlock it at a prompt',
  'unlock-dismissed': 'the person dismissed the prompt by which a call wanted the keyring unlocked',
  'call-after-dismissed-unlock':
    'a call was made after the person had dismissed a prompt by which a call wanted the keyring unlocked; they would answer now, or need not',
  'call-after-late-keyring':
    'a call was made once the keyring was there, which had not been when the machine started and the vault was asked first',
  'call-after-keyring-return':
    'a call was made after the keyring had been restarted, or locked and unlocked, since the process used it',
  'read-after-several-starts':
    'an entry was read after the vault had been started twice or more since its last write, and nothing else had been done',
  'call-with-other-keyring':
    'a vault whose key is in another keyring provider was asked to open, set itself up, or tell its state',
  'opened-after-other-keyring': 'the vault was opened with the keyring that it had used, after another had been there',
  'read-after-other-keyring':
    'an entry was read with the keyring that its vault had used, after another had been there',
  'write-beside-copies': 'an entry was written while the keyring held copies of the vault’s items',
  'read-beside-copies': 'an entry was read while the keyring held copies of the vault’s items, or had held them',
  'opened-beside-copies': 'the vault was opened while the keyring held copies of its items',
  'called-ambiguous': 'a call was answered `ambiguous` while the keyring held copies of the vault’s items',
  'availability-probe': 'availability was asked for while nothing else happened',
  'secret-handled': 'a secret was stored, and all outputs searched for it',
  'files-searched': 'a secret was stored, and all files of the vault searched for it',
  'attributes-searched':
    "a secret was stored, and the labels and attributes of the vault's items in the keyring searched for it",
  'read-without-keyring':
    'an entry was read, or the vault opened, by a process that was started while there was no keyring',
  'read-after-wipe':
    'an entry was read, or the vault opened, by a process that was started after what the keyring held was removed',
  'file-made': 'the vault made files, and it was seen who may use them',
  'process-seen':
    'a secret was stored, and the arguments and environments of all processes of the vault searched for it',
  'memory-after-lock': 'the vault was given secrets and locked, and its memory searched for them',
  'memory-after-wrong-pin': 'a wrong PIN was refused, and the memory searched for it',
  'memory-while-held': "a secret that the adapter was holding was found in its process's memory",
  'read-after-torn-power-cut': 'the power was cut after names reached the disk and before contents did',
  'read-after-damage': 'an entry was read after a file of the vault was changed, cut or removed',
  'read-after-swap': 'an entry was read after two files of the vault were exchanged',
  'read-after-older-copy': "an entry was read after an older copy of the vault's files was put back",
  'opened-after-damage':
    'the vault was opened with all that is right after one of its files was changed, cut or removed',
  'opened-after-older-copy':
    'the vault was opened with all that is right after an older copy of its files was put back',
  'opened-after-repair': 'the vault was opened after the damaged file was put back as it was',
  'sealed-and-compared': "several values were written, and what lay in the vault's files after each write compared",
  'changed-byte': 'one byte of what is stored was changed, and everything was looked at',
  'wrong-pin': 'the vault was asked to open with a wrong PIN',
  'right-pin': 'the vault was asked to open with the right PIN',
  'guess-over-limit': 'a wrong PIN was tried once more than the vault allows',
  'without-pin': 'the vault was asked to open without a PIN',
  'without-keyring': 'the vault was asked to open with the right PIN and without what the keyring held',
  'half-changed-pin': 'the vault was asked to open after a change of its PIN was killed',
  'read-while-closed': 'an entry was read after the vault was locked, and before it was opened again',
  'used-after-reset': 'the vault was asked to open, for an entry, or for its state, after its reset was acknowledged',
  'state-told': 'the vault was asked whether it is open, and that is known',
  'half-set-up': 'the vault was set up or opened after its set-up or reset was killed',
  'derived-key': 'a key was derived from a PIN',
  'derived-later': 'a key was derived from a PIN after the vault had been set up',
  'opening-derived': 'the vault was asked to open with a PIN, and derivations were counted',
  'call-derived': 'a call that needs no PIN ended, and derivations were counted',
  'opened-after-app-update': 'the vault was asked to open with the right PIN after the app was updated',
  'derived-in-profile': 'a vault that claims approved algorithms alone derived a key from a PIN',
  'opened-outside-profile':
    'a vault that claims approved algorithms alone was asked to open what its release outside of that had set up',
  'opened-by-other-key': 'the database was asked to open by another raw key than the one that it was made with',
  'opened-by-zero-byte-key': 'the database was asked to open whose raw key has a zero byte',
  'database-without-key':
    'the database was asked to open, or to be made anew, after what the keyring held of it was removed',
  'opened-after-upgrade': 'the database was asked to open, or read, after the app was updated',
  'opened-after-killed-upgrade':
    'the database was asked to open after the first opening by a newer release of the app was killed',
  'stepped-back': 'the database was asked to open, or read, by an older release of the app than had it open before',
  'opened-after-step-back':
    'the database was asked to open, or read, by the newer release, after an older one had been in its place',
  'read-after-enrolment':
    'an entry for the fingers enrolled at its writing was read after a finger or strong face was enrolled',
  'late-invalidation':
    'an entry for the fingers enrolled at its writing was read after an enrolment, on a phone that lets the person be recognised first and tells of the invalidation afterwards',
  'read-after-fewer-fingers':
    'an entry for the fingers enrolled at its writing was read after one of several fingers was removed',
  'read-after-no-fingers':
    'an entry for the fingers enrolled at its writing was read after all fingers and faces were removed',
  'read-after-weak-face':
    'an entry for the fingers enrolled at its writing was read after a weak face was enrolled, which binds no key',
  'read-after-other-strong-face':
    'an entry for the fingers enrolled at its writing was read after a strong face was enrolled beside them',
  'read-any-after-enrolment': 'an entry for any finger was read after another finger was enrolled',
  'read-after-lock-change': 'an entry was read after the screen lock was changed without proof, or removed',
  'read-after-proven-lock-change': 'an entry was read after the screen lock was changed by who knew it',
  'unbound-read-after-lock-change': 'an entry without a policy was read after the screen lock was changed or removed',
  'read-of-late-entry': 'an entry was read that was written after the last change of enrolment',
  'write-after-invalidation':
    'something was written after what was stored before had been invalidated, or read after it had been written so',
  'read-after-system-update': 'an entry was read after the system was updated',
  'read-after-app-update': 'an entry was read after the app was updated',
  'read-after-failing-store': 'an entry was read that a failing key store had kept closed, once that had passed',
  'read-from-failing-store': 'an entry was read while the key store failed in a way that passes',
  'read-while-locked-out': 'a prompt was needed while the sensor was locked out for a while',
  'read-while-locked-out-for-good': 'a prompt was needed while the sensor was locked out until the PIN is entered',
  'read-after-lockout': 'an entry was read once a lockout had passed',
  'read-without-fingers': 'an entry was read that any finger or the screen lock opens, while no finger was enrolled',
  'read-without-lock': 'a prompt was needed on a phone without a screen lock',
  'write-without-fingers': 'an entry that asks the person was written while no finger was enrolled',
  'missed-then-matched': 'the person was recognised after a miss, in one prompt',
  'prompted-read': 'an entry was read that asks the person each time',
  'unmatched-read': 'the only prompt of a read, or of a question for a yes or no, ended without a match',
  'forged-match': 'the app was told of a match that never was while it asked',
  recognised: 'the person was recognised at the prompt of a call, which then gave what it had to',
  gated: 'the person was asked for nothing but a yes or no',
  'write-prompts': 'an entry was written, and prompts were counted',
  'acknowledged-while-asking': 'a write was acknowledged while its prompt still waited for the person',
  'availability-told': 'availability was asked for, and what the phone can do now is known',
  'enrolment-probe': 'availability was asked for after an enrolment, and prompts were counted',
  'rule-of-platform': 'the app used the platform, which watched its rules',
  'read-before-first-unlock': 'an entry that exists was asked for before the phone was unlocked for the first time',
  'read-after-first-unlock': 'an entry was read after the first unlock, with nothing asked before it',
  'read-after-early-read': 'an entry was read after the first unlock, and one had been asked for before it',
  'read-after-early-start':
    'an entry was read after the first unlock, before which the app had been started without asking for one',
  'read-after-restored-backup': 'an entry was read after its backup was restored without its key',
  'read-on-other-phone': 'an entry was read on another phone after the backup was restored there',
  'write-after-restored-backup': 'something was written after a backup was restored without its keys',
  'backup-restored': 'a backup was restored, and what it held of the app was counted',
  'refused-read': 'a read was refused, and what the phone keeps was counted',
  'deleted-and-counted': 'an entry was deleted, and what the phone keeps was counted',
  'read-after-reinstall': 'an entry was read after the app was removed and installed again',
  'write-after-reinstall': 'something was written after the app was removed and installed again',
  'calls-in-one-instant': 'two calls that ask the person began at the same millisecond',
  'left-while-prompting': 'the app was left while it asked the person',
  'turned-while-prompting': 'the phone was turned while the app asked the person',
  'call-after-navigation':
    'something was asked after the app had been left, or the phone turned, while it asked the person',
  'ended-by-itself': "the vault's process ended by itself",
  'main-thread-while-asking': "the person was asked, and it was seen whether the app's main thread waited for them",
  'asked-after-death': 'the person was asked after the process had died with a prompt up',
  'asked-after-turn': 'the person was asked after the phone had been turned',
  'dismissed-prompt': 'the person dismissed the prompt of the only call',
  'button-of-prompt': "the person chose the prompt's other button",
  'timed-out-prompt': 'nobody answered the prompt of the only call',
  'system-cancelled-prompt': 'the system took the prompt of the only call away',
  'exhausted-prompt': 'the person was not recognised until the prompt of the only call gave up',
  'told-in-another-language': 'a call failed after the language was changed, for a reason that is known',
  'failed-with-identity': 'a call failed, and the platform said why',
  'log-untouched': 'an audit log that nobody had touched was verified, or its events were asked for',
  'log-after-overlap':
    'an audit log that nobody had touched was verified, or its events were asked for, after appends side by side',
  'log-verified': 'an audit log with events in it was verified, and was as it was written',
  'verified-after-change':
    'an audit log was verified after one of its lines had been changed, doubled, moved or taken out of the middle',
  'verified-after-cut-end': 'an audit log was verified after its newest lines had been taken away',
  'verified-after-cut-start': 'an audit log was verified after its oldest lines had been taken away',
  'verified-after-append-to-cut':
    'an audit log was verified after its oldest or newest lines had been taken away, and an event appended after that',
  'verified-after-removal': 'an audit log was verified after all its files had been removed',
  'verified-after-rewrite':
    'an audit log was verified after its last event had been replaced by another, with the vault’s own program',
  'verified-after-look-alike':
    'an audit log was verified after its last event had been replaced by another whose fields, one after the other, read the same',
  'verified-against-witness':
    'an audit log was verified against a checkpoint that it had given, after the machine had been put back to before that, and had gone on otherwise',
  'granted-call': 'a page asked for what it had been granted, and was served',
  'asked-without-grant': 'a page asked for what nobody had granted it',
  'asked-though-denied': 'a page asked for what one capability granted it and another denied it',
  'asked-from-elsewhere': 'a page asked from an address for which nobody had granted what its labels have',
  'asked-by-frame': 'a frame asked for what the page around it had been granted',
  'asked-under-other-label': 'a page asked for what had been granted to windows and webviews of other labels',
  'asked-after-removal': 'a page asked for what it had been granted until its capability was taken away',
  'asked-for-other-entry': 'a page asked for another entry than it had been granted',
  'transaction-signed': 'a transaction was to be signed for the first time',
  'signed-again': 'a transaction was to be signed that had been signed before',
  'signature-asked': 'a transaction was to be signed, and it was seen whether the person was asked',
  'signing-key-searched':
    "a signing key was given, and the vault's answers, files, outputs, labels and attributes searched for it",
  'signature-verified': 'a signed text was verified, or accepted, as it had been given',
  'verified-after-key-change':
    'a signed text was verified, or accepted, after the key that signed it had been replaced or invalidated',
  'public-keys-told': 'the public keys were asked for again after the signing key had been replaced or invalidated',
  'signature-altered': 'a signed text was to be verified, or accepted, after one of its characters had been changed',
  'altered-refused': 'a signed text was refused after one of its characters had been changed',
  'accepted-once': 'a signed text was accepted for the first time',
  'accepted-again': 'a signed text was to be accepted that had been accepted before',
  'handed-over': 'signed texts were handed over to their receiver',
  'transactions-logged': 'the log was asked for its entries after transactions had been signed',
  'table-declared': 'the adapter declared its mapping table',
  'round-trip': 'a value was written and read back unchanged',
  'absent-read': 'a name that holds nothing was read and said so',
  'acknowledged-write': 'a write was acknowledged while everything was there',
} as const
export type Situation = keyof typeof situations
