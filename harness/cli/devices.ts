import type { DeviceRow } from './engine.ts'

/** Devices that a vault can be run on by name, the quickest first. */
export const devices: readonly DeviceRow[] = [
  {
    name: 'model',
    fidelity: 'F0',
    meaning: 'a simulated disk, keyring and clock in this process: hundreds of programs a second, every crash possible',
  },
  {
    name: 'host',
    fidelity: 'F4',
    meaning:
      "this machine as it is, with its own keyring: for an author's library on macOS, Windows or a Linux desktop",
  },
  {
    name: 'linux-container',
    fidelity: 'F2',
    meaning: 'a container with a real GNOME Keyring, which is locked, killed and restarted',
  },
]
