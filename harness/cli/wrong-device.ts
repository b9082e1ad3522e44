import type { Platform } from '../contract/description.ts'
import { AdapterFault } from '../engine/target.ts'
import { devices } from './devices.ts'
import type { TargetSpec } from './engine.ts'

/** The device cannot run this vault, whatever it is asked. The message names those that can. */
export class WrongDevice extends AdapterFault {
  override readonly name = 'WrongDevice'
}

/** @throws WrongDevice where a vault of this kind cannot run on its device */
export function refuseDevice({ vault, device }: TargetSpec, kind: 'process' | Platform): void {
  const row = devices.find(({ name }) => name === device)
  if (row === undefined || row.runs.includes(kind)) return
  const told = kind === 'process' ? 'runs in a process of its own' : `is written for ${platforms[kind]}`
  const able = devices.filter(({ runs }) => runs.includes(kind)).map(({ name }) => name)
  throw new WrongDevice(
    `The vault '${vault}' ${told}, and the device ${device} cannot run such a one: it can run on ${able.join(', ')}.`,
  )
}

const platforms: Readonly<Record<Platform, string>> = { desktop: 'desktops', android: 'Android', ios: 'iOS' }
