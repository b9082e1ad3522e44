/**
 * How the presence of something is seen: a command on the PATH, a file, or an address where an engine would answer.
 * @typedef {{ readonly command: string } | { readonly file: string } | { readonly engine: true }} Sign
 */

/**
 * One system package. To add one, add a row: set-up installs it, `holdfast doctor` says where it lacks.
 * @typedef {object} Requirement
 * @property {string} package Its name on Debian and Ubuntu.
 * @property {string} what What it is, for a sentence.
 * @property {string} purpose What cannot run without it.
 * @property {readonly string[]} devices The devices that cannot run without it.
 * @property {readonly ('start' | 'test')[]} neededBy The commands whose set-up installs it.
 * @property {readonly NodeJS.Platform[]} platforms Where it has a meaning.
 * @property {readonly Sign[]} signs Any one of these shows that it is there.
 */

/** @type {readonly Requirement[]} */
export const requirements = [
  {
    package: 'docker.io',
    what: 'a container engine',
    purpose: 'vaults in a container with a real keyring',
    devices: ['linux-container', 'linux-keepassxc'],
    neededBy: ['start', 'test'],
    platforms: ['linux', 'darwin', 'win32'],
    signs: [{ command: 'dockerd' }, { engine: true }],
  },
  {
    package: 'mmdebstrap',
    what: 'mmdebstrap',
    purpose: "the virtual machine's disk, and the containers' base image where no image registry answers",
    // linux-container runs without it where a registry answers, and says so itself where none does.
    devices: ['linux-vm', 'linux-vm-login'],
    neededBy: ['start', 'test'],
    platforms: ['linux'],
    signs: [{ command: 'mmdebstrap' }],
  },
  {
    package: 'adb',
    what: 'adb',
    purpose: 'phones behind Appium',
    devices: ['appium-virtual-android'],
    neededBy: ['start', 'test'],
    platforms: ['linux', 'darwin'],
    signs: [{ command: 'adb' }],
  },
  {
    package: 'chromium',
    what: 'Chromium',
    purpose: 'the web views of the virtual phones',
    devices: ['appium-virtual-android', 'appium-virtual-ios'],
    neededBy: ['start', 'test'],
    platforms: ['linux', 'darwin'],
    signs: [{ command: 'chromium' }, { command: 'chromium-browser' }, { command: 'google-chrome' }],
  },
  {
    package: 'chromium-driver',
    what: 'chromedriver',
    purpose: 'to look into webviews',
    devices: ['appium-virtual-android'],
    neededBy: ['start', 'test'],
    platforms: ['linux', 'darwin'],
    signs: [{ command: 'chromedriver' }],
  },
  {
    package: 'dbus',
    what: 'a D-Bus daemon',
    purpose: 'the tests of the device host',
    devices: [],
    neededBy: ['test'],
    platforms: ['linux'],
    signs: [{ command: 'dbus-daemon' }],
  },
  {
    package: 'gnome-keyring',
    what: 'GNOME Keyring',
    purpose: 'the tests of the device host',
    devices: [],
    neededBy: ['test'],
    platforms: ['linux'],
    signs: [{ command: 'gnome-keyring-daemon' }],
  },
  {
    package: 'qemu-system-x86',
    what: 'QEMU',
    purpose: 'vaults in a virtual machine whose kernel reboots',
    devices: ['linux-vm', 'linux-vm-login'],
    neededBy: ['test'],
    platforms: ['linux', 'darwin', 'win32'],
    signs: [{ command: 'qemu-system-x86_64' }],
  },
  {
    package: 'qemu-utils',
    what: 'qemu-img',
    purpose: "the disk of each of a virtual machine's runs",
    devices: ['linux-vm', 'linux-vm-login'],
    neededBy: ['test'],
    platforms: ['linux', 'darwin', 'win32'],
    signs: [{ command: 'qemu-img' }],
  },
  {
    package: 'e2fsprogs',
    what: 'mke2fs',
    purpose: "the virtual machine's file system",
    devices: ['linux-vm', 'linux-vm-login'],
    neededBy: ['test'],
    platforms: ['linux'],
    signs: [{ command: 'mke2fs' }],
  },
]
