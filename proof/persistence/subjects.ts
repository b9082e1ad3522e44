import { builtRust } from '../../fixtures/subjects/rust-keyring/build.ts'

/** What a subject keeps its values in. */
export type Store =
  | 'GNOME Keyring'
  | 'KeePassXC'
  | 'the kernel'
  | 'whatever it finds'
  | 'nothing said'
  | 'files, their key in GNOME Keyring'

/** One row of the table: a client nobody here wrote, the kernel, or the reference vault, on a store. */
export interface Subject {
  readonly id: string
  readonly client: string
  readonly store: Store
  /** The container's device, by its keyring provider. */
  readonly provider: 'gnome-keyring' | 'keepassxc'
  /** The adapter's command inside; or why there is none, with what to do. */
  readonly command: (root: string) => readonly string[] | { readonly why: string }
}

const python = () => ['python3', '-B', 'fixtures/subjects/python-keyring/adapter.py']
const napi =
  (...flags: string[]) =>
  () => ['node', 'fixtures/subjects/napi-keyring/adapter.ts', ...flags]
const kernel = (ring: string) => () => ['python3', '-B', 'fixtures/subjects/kernel-keyring/adapter.py', ring]
const rust = (build: Parameters<typeof builtRust>[1]) => (root: string) => {
  const built = builtRust(root, build)
  return 'why' in built ? built : [`./${built.program}`]
}
const gnome = 'gnome-keyring'

/** The rows of the table. To add one, write an adapter and add a row. */
export const subjects: readonly Subject[] = [
  { id: 'python-gnome', client: 'python3-keyring', store: 'GNOME Keyring', provider: gnome, command: python },
  { id: 'python-keepassxc', client: 'python3-keyring', store: 'KeePassXC', provider: 'keepassxc', command: python },
  {
    id: 'napi-pinned',
    client: '@napi-rs/keyring, pinned to the Secret Service',
    store: 'GNOME Keyring',
    provider: gnome,
    command: napi('--pinned'),
  },
  {
    id: 'napi-pinned-keepassxc',
    client: '@napi-rs/keyring, pinned to the Secret Service',
    store: 'KeePassXC',
    provider: 'keepassxc',
    command: napi('--pinned'),
  },
  {
    id: 'napi-unpinned',
    client: '@napi-rs/keyring, as it comes',
    store: 'whatever it finds',
    provider: gnome,
    command: napi(),
  },
  {
    id: 'rust-secret-service',
    client: 'Rust keyring 3, sync-secret-service',
    store: 'GNOME Keyring',
    provider: gnome,
    command: rust('secret-service'),
  },
  {
    id: 'rust-kernel',
    client: 'Rust keyring 3, linux-native',
    store: 'the kernel',
    provider: gnome,
    command: rust('kernel'),
  },
  {
    id: 'rust-no-store',
    client: 'Rust keyring 3, no store feature',
    store: 'nothing said',
    provider: gnome,
    command: rust('no-store'),
  },
  {
    id: 'kernel-session',
    client: 'keyutils, session keyring',
    store: 'the kernel',
    provider: gnome,
    command: kernel('session'),
  },
  {
    id: 'kernel-user',
    client: 'keyutils, user keyring',
    store: 'the kernel',
    provider: gnome,
    command: kernel('user'),
  },
  {
    id: 'kernel-persistent',
    client: 'keyutils, persistent keyring',
    store: 'the kernel',
    provider: gnome,
    command: kernel('persistent'),
  },
  {
    id: 'reference',
    client: 'the reference vault',
    store: 'files, their key in GNOME Keyring',
    provider: gnome,
    command: () => ['node', 'reference/stdio.ts'],
  },
]
