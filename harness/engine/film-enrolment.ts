import type { Program } from '../contract/program.ts'
import type { StreamRecord } from '../contract/stream.ts'
import type { Session } from './session.ts'
import type { Target } from './target.ts'

const op = { name: 'a' } as const
/** A secret is kept and read with a finger; a finger more is enrolled; it is read again. */
const program = (named: boolean): Program => {
  const name = named ? op : {}
  return {
    commands: [
      {
        do: 'call',
        op: { op: 'put', ...name, value: { canary: 1, size: 24, kind: 'text' }, access: 'current-set' },
      },
      { do: 'start', op: { op: 'get', ...name } },
      { do: 'control', control: { control: 'touch', finger: 'right' } },
      { do: 'control', control: { control: 'enrol', what: 'finger' } },
      { do: 'call', op: { op: 'get', ...name } },
    ],
    schedule: [],
  }
}

/** What the phone shows while a finger is enrolled; null where the device takes no pictures, or the vault keeps nothing. */
export const filmEnrolment = async (
  { device, description }: Pick<Target, 'device' | 'description'>,
  session: Session,
  target: string,
): Promise<Extract<StreamRecord, { type: 'film' }> | null> => {
  const { profiles, biometric } = description
  const keeps = profiles.includes('store') || profiles.includes('slot')
  if (device.film === undefined || !keeps || biometric?.policies.includes('current-set') !== true) return null
  const frames = await device.film(async () => {
    await session.run(program(profiles.includes('store')))
  })
  return {
    type: 'film',
    target,
    what: 'a finger more is enrolled',
    frames: frames.map(({ caption, png }) => ({ caption, png: Buffer.from(png).toString('base64') })),
  }
}
