import { fileURLToPath } from 'node:url'
import type { DriverSession } from '../devices/appium/driver-session.ts'
import { androidOnHost } from '../devices/appium/virtual-android/device.ts'
import { openPhoneHost } from '../devices/appium/virtual-android/phone-host.ts'
import { iosOnHost } from '../devices/appium/virtual-ios/device.ts'
import { openIphoneHost } from '../devices/appium/virtual-ios/iphone-host.ts'
import { protocolTarget } from '../harness/adapters/protocol-target.ts'
import type { Device } from '../harness/contract/device.ts'
import type { Program } from '../harness/contract/program.ts'
import { session } from '../harness/engine/session.ts'
import type { Target } from '../harness/engine/target.ts'
import android from '../reference/phone/android-module.ts'
import ios from '../reference/phone/ios-module.ts'
import { enrolmentChange, enrolmentSwitched, judged } from './phone-program.ts'

/** Stands between a device and each session that it opens. */
export type Through = (session: DriverSession) => DriverSession

/** One kind of virtual phone behind one Appium, and the program that its time is told of. */
export interface PhoneLane extends AsyncDisposable {
  readonly what: string
  readonly program: Program
  /** Starts one phone more, without a session. */
  bare(): Promise<{ open(): Promise<DriverSession> } & AsyncDisposable>
  /** Starts one phone more, driven by Holdfast. */
  device(through?: Through): Promise<Device>
}

const project = fileURLToPath(new URL('..', import.meta.url))

/** Waits for Appium, whose start is no part of what is measured. */
const up = async (host: { readonly appium: Promise<unknown> } & AsyncDisposable): Promise<void> => {
  try {
    await host.appium
  } catch (error) {
    await host[Symbol.asyncDispose]()
    throw error
  }
}

/** @throws PhoneUnavailable where adb, Chromium, chromedriver or Appium is not there */
export const androidLane = async (): Promise<PhoneLane> => {
  const host = await openPhoneHost(project)
  await up(host)
  return {
    what: 'virtual Android phone',
    program: enrolmentChange,
    bare: () => host.start(android),
    device: (through) => androidOnHost(host, android, through === undefined ? {} : { through }),
    [Symbol.asyncDispose]: async () => host[Symbol.asyncDispose](),
  }
}

/** @throws PhoneUnavailable where Chromium or Appium is not there */
export const iosLane = async (): Promise<PhoneLane> => {
  const host = await openIphoneHost(project)
  await up(host)
  return {
    what: 'virtual iPhone',
    program: enrolmentSwitched,
    bare: () => host.start(ios),
    device: (through) => iosOnHost(host, ios, through === undefined ? {} : { through }),
    [Symbol.asyncDispose]: async () => host[Symbol.asyncDispose](),
  }
}

const deadlineMs = 60_000

/** The vault in the phone's app, and what runs a program on it and judges it, as a run does. */
export const onPhone = async (
  device: Device,
): Promise<{ readonly target: Target; run(program: Program): Promise<void> }> => {
  const target = await protocolTarget({ device, command: ['webview:bench'], deadlineMs })
  const runs = session(target, { prefix: `bench-${process.pid}`, deadlineMs })
  return { target, run: async (program) => judged(await runs.run(program), target.description) }
}
