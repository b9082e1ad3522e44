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
    title: 'GNOME Keyring gives an empty value for what it acknowledged, where the disk is cut off at once',
    text:
      'Worse than a loss: the entry is there, and its value is the empty text. `CreateItem` writes `login.keyring` twice, as `strace` shows: once with the new ' +
      'item and no secret, then with the secret. Each time it writes a temporary file, calls `fsync` on it and `rename`s it into place, and only then does it answer. It never syncs ' +
      'the folder. On ext4 the second `fsync` commits the journal, and with it the first `rename`; the second `rename` waits for the next commit, up to five seconds ' +
      'later. What is left by a cut in between is the first file, which is whole and has an item without a secret. Six seconds later the second one is there. ' +
      'A client that asks only whether an entry exists would take an empty key for its key.',
    shownBy: 'npm run persistence -- --on disk --only python-gnome',
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
      "The container's usual filter of system calls refuses `add_key`, so no token shows it there; " +
      '`npm run persistence -- --only napi --events no-service` does, with the filter off.',
  },
  {
    title: 'The Rust crate keyring without a store feature loses every value at once',
    text:
      'It compiles, and takes its mock: each `Entry` has a memory of its own, so that a second `Entry` of the same name finds nothing even in the ' +
      'same process. `set_password` answers `Ok`. `holdfast smoke` refuses it as a vault: it did not give back what it stored.',
  },
  {
    title:
      'KeePassXC loses what it acknowledged, where the disk is cut off, and where a container on a busy machine is replaced',
    text:
      'For the reason told above: it writes its file after it has answered. A container that is stopped asks its processes to end and gives them a second; on a machine with ' +
      'twenty programs for two cores that was once not enough.',
  },
  {
    title:
      "The kernel's user and persistent keyrings survive a log-out, a restart and a replacement of a container, and its session keyring only the first",
    text:
      'A container starts with a fresh session keyring (`keyctl_join_session_keyring`), so what was in the old one has no owner left and is collected. The other two ' +
      'belong to the user id in a kernel that was never restarted. It is the container that is restarted, not the machine: the column *clean reboot* tells the truth. ' +
      'The log-out of this table ends the processes, the bus and the daemon. The session keyring of a login by PAM ends with it too (`pam_keyinit`, `revoke`); here no PAM opened one.',
  },
]
