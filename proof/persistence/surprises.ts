/** A cell that a reader would not expect, with what makes it so. */
export interface Surprise {
  readonly title: string
  readonly text: string
  /** A program that shows it again. */
  readonly token?: string
  /** A command that measures it again, where no token can. */
  readonly shownBy?: string
  /** Flags that the token needs. */
  readonly replayedWith?: string
}

export const surprises: readonly Surprise[] = [
  {
    title:
      'GNOME Keyring gives an empty value for what it acknowledged, where the power or the disk is cut off at once',
    text:
      'Worse than a loss: the entry is there, and its value is the empty text. `CreateItem` writes `login.keyring` twice, as `strace` shows: once with the new ' +
      'item and no secret, then with the secret. Each time it writes a temporary file, calls `fsync` on it and `rename`s it into place, and only then does it answer. It never syncs ' +
      'the folder. On ext4 the second `fsync` commits the journal, and with it the first `rename`; the second `rename` waits for the next commit, up to five seconds ' +
      'later. What is left by a cut in between is the first file, which is whole and has an item without a secret. Six seconds later the second one was there in 19 of 20 trials: commits come every five seconds, and on a busy machine later. ' +
      'A client that asks only whether an entry exists would take an empty key for its key.',
    token: 'hf1.i1Yy0DPUM1DSUUJLYJD0WJarpKMETlHGSjrRA-96HeIiFFdKpSSkAA',
    replayedWith: '--vault "stdio:python3 -B fixtures/subjects/python-keyring/adapter.py" --device linux-vm',
  },
  {
    title: 'KeePassXC loses what it acknowledged, where its daemon is killed at once',
    text:
      "`CreateItem`'s prompt is completed when the entry is in the database in memory. The file is written afterwards: its time of change is " +
      'still the old one when the client has its answer (a test of the device waits for it). `SIGKILL` in between leaves the older file, which is whole and ' +
      'lacks the entry. Asked to end, or killed two seconds later, KeePassXC has written. The specification of the Secret Service asks for nothing more. ' +
      'GNOME Keyring answers after it has replaced its file, so the same kill costs nothing there.',
    token: 'hf1.i1Yy0DPUM1DSUUJLYJD0mJ2aWpBYXFyRrKSjBE5xhko60bT2BP7IQk8RlPgeAA',
    replayedWith: '--config fixtures/subjects/holdfast.config.ts',
  },
  {
    title: '@napi-rs/keyring, not pinned, keeps a value where it does not look for it later',
    text:
      'While no Secret Service answers, `setPassword` succeeds: the value goes to the keyring of the kernel (`add_key`), and nothing says so. At the next ' +
      "start with a service the library looks there, and finds nothing. Pinned by `{ linux: { store: 'secret-service' } }` it refuses the write, with `ServiceUnknown`. " +
      "The container's usual filter of system calls refuses `add_key`, and a process that has met the service once keeps to it, so no token shows it.",
    shownBy: 'npm run persistence -- --only napi-unpinned --events no-service',
  },
  {
    title: 'The Rust crate keyring without a store feature loses every value at once',
    text:
      'It compiles, and takes its mock: each `Entry` has a memory of its own, so that a second `Entry` of the same name finds nothing even in the ' +
      'same process. `set_password` answers `Ok`. `holdfast smoke` refuses it as a vault: it did not give back what it stored.',
    shownBy: 'npm run persistence -- --only rust-no-store --events vault-restart',
  },
  {
    title: 'KeePassXC loses what it acknowledged, where the disk is cut off, and now and then at a log-out',
    text:
      'For the reason told above: it writes its file after it has answered. Six seconds are not always enough either: the file is then written, and the journal of ' +
      'the file system, which holds its new name, has not been committed since. A log-out asks everybody to end at the same time, the bus too, and kills what is left two ' +
      'seconds later; with one client that was once not enough.',
    shownBy: "npm run persistence -- --on 'disk|container' --only keepassxc --events 'disk-cut|log-out'",
  },
  {
    title: 'KeePassXC acknowledges a write for which the disk has no room',
    text:
      'The entry is in the database in memory, and the answer says so. It was kept here only because there was room again before KeePassXC was asked to end, and wrote its file. ' +
      "GNOME Keyring answers an error and keeps what it had, as do all clients on it (`@napi-rs/keyring` says `unavailable`), and the reference vault says `no-space`: neither's " +
      'other entry was touched.',
    shownBy: 'npm run persistence -- --on disk --only python-keepassxc --events disk-full',
  },
  {
    title: 'The Rust crate keyring on the kernel refuses every write in a session without a session keyring',
    text:
      'On `linux-vm` no PAM opens a session, so a process has no session keyring of its own. The crate asks for its number without having one made ' +
      '(`keyctl(KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING, 0)`) and is told that of the user session keyring, `_uid_ses`. Its next call, `KEYCTL_GET_PERSISTENT`, does make ' +
      'one. So the key, added to the first, is not in the possession of the process, and `KEYCTL_LINK` to the persistent keyring fails with `EACCES`: the crate calls that `NoEntry`, ' +
      'which reads as if the entry were not there. The same five calls by libkeyutils show it. A container starts with a session keyring, and so does a login by PAM ' +
      '(`pam_keyinit`): there the crate works.',
    shownBy: "npm run persistence -- --on 'vm|login' --only rust-kernel --events 'clean-reboot|pam-log-out'",
  },
  {
    title:
      "A log-out ends the kernel's session keyring, a restart its user and persistent keyrings, and four idle days the persistent one",
    text:
      'The session keyring belongs to the session: `pam_keyinit` opens it at the login and revokes it at the log-out. The user and the persistent keyring belong to the user id in a ' +
      'kernel, so they outlive a log-out, and also a restart or a replacement of a container, whose kernel goes on: a container starts with a fresh session keyring ' +
      '(`keyctl_join_session_keyring`), and the other two are as they were. The persistent keyring expires three days after the last time that somebody asked for it ' +
      '(`/proc/sys/kernel/keys/persistent_keyring_expiry`); a look within them starts them anew.',
    shownBy: "npm run persistence -- --on 'vm|login' --only kernel",
  },
]
