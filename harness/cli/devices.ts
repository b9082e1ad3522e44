import { lackingWords } from '../../devices/appium/lacking.ts'
import type { DeviceRow } from './engine.ts'

/** Whether a device simulates all that is around the vault, so that a program costs next to nothing. */
export const isSimulated = (device: string): boolean =>
  devices.some(({ name, fidelity, runs }) => name === device && fidelity === 'F0' && !runs.includes('page'))

/** Whether a device is driven through Appium: one of ours, or a phone that a configuration names. */
export const isDriven = (device: string): boolean =>
  !devices.some(({ name, runs }) => name === device && !runs.includes('page'))

/** Devices that a vault can be run on by name, the quickest first. */
export const devices: readonly DeviceRow[] = [
  {
    name: 'model',
    fidelity: 'F0',
    runs: ['desktop'],
    meaning: 'a simulated disk, keyring and clock in this process: hundreds of programs a second, every crash possible',
  },
  {
    name: 'virtual-android',
    fidelity: 'F0',
    runs: ['android'],
    meaning:
      "an Android phone simulated in this process: fingers, prompts, PIN, restarts, backups, and its makers' faults",
  },
  {
    name: 'virtual-ios',
    fidelity: 'F0',
    runs: ['ios'],
    meaning: 'an iPhone simulated in this process, in the same way',
  },
  {
    name: 'virtual-ios-simulator',
    fidelity: 'F0',
    runs: ['ios'],
    meaning: "what Apple's simulator is, simulated: it enforces no access control, so little of a phone can be judged",
  },
  {
    name: 'appium-virtual-android',
    fidelity: 'F1',
    runs: ['page'],
    meaning: 'the simulated Android phone behind real adb, Appium, its UiAutomator2 driver and chromedriver',
    lacks: lackingWords('appium-virtual-android'),
  },
  {
    name: 'appium-virtual-ios',
    fidelity: 'F0',
    runs: ['page'],
    meaning:
      'the simulated iPhone behind real Appium and a driver of ours with the commands of XCUITest, which needs macOS',
    lacks: lackingWords('appium-virtual-ios'),
  },
  {
    name: 'host',
    fidelity: 'F4',
    runs: ['process', 'desktop'],
    meaning:
      "this machine as it is, with its own keyring: for an author's library on macOS, Windows or a Linux desktop",
  },
  {
    name: 'linux-container',
    fidelity: 'F2',
    runs: ['process'],
    meaning: 'a container with a real GNOME Keyring, which is locked, killed and restarted',
  },
  {
    name: 'linux-keepassxc',
    fidelity: 'F2',
    runs: ['process'],
    meaning: 'the same container with KeePassXC in place of GNOME Keyring, behind the same bus name',
  },
  {
    name: 'linux-vm',
    fidelity: 'F2',
    runs: ['process'],
    meaning: 'the same desktop in a virtual machine: its own kernel reboots, its power is cut, its clock is set',
  },
  {
    name: 'linux-vm-login',
    fidelity: 'F2',
    runs: ['process'],
    meaning: 'the virtual machine with systemd: the password typed at its login opens the keyring, by PAM',
  },
]
