import { type Environment, facetNames } from '../contract/environment.ts'
import type { Program } from '../contract/program.ts'
import { type Session, type SessionOptions, session } from './session.ts'
import { type PhoneShare, type SharedPhone, spread } from './spread.ts'
import type { Target } from './target.ts'
import { type Took, timedSession } from './timed-session.ts'

/** A phone that may share the programs of a target. */
export interface OtherPhone {
  readonly name: string
  open(): Promise<Target>
}

/** The sessions of one target, on one device or on several phones. Disposing of it ends the other phones. */
export interface SharedTarget extends Session, AsyncDisposable {
  /** What each program took so far. */
  readonly took: readonly Took[]
  /** The first device alone. */
  readonly first: Session
  /** Runs one there, and tells what it took. */
  runFirst(program: Program): Promise<Took>
  /** Phones that programs are on. */
  readonly phones: number
  /** What each of several phones did; those that were left out with the reason. Empty where there is one. */
  shares(): readonly PhoneShare[]
}

export interface ShareOptions {
  readonly first: string
  readonly others: readonly OtherPhone[]
  /** Of the first: others must be proven to do the same. */
  readonly environment: Environment
  readonly session: SessionOptions
}

/** Facets that are proven, as one word: what one phone shows is judged on another only where these are the same. */
const provenOf = ({ facets }: Environment): string =>
  facetNames.filter((name) => facets[name]?.is === 'proven').join(' ')

/** Connects the vault on more phones. One that does not come up, or is proven to do less or more, is left out and told of. */
export const shareTarget = async (target: Target, options: ShareOptions): Promise<SharedTarget> => {
  const took: Took[] = []
  const tell = (one: Took) => void took.push(one)
  const first = timedSession(target, options.session, tell)
  const runFirst = async (program: Program) => {
    await first.run(program)
    const last = took.pop()
    if (last === undefined) throw new Error('a program that ended took no time')
    return last
  }
  const opened: { current: Target }[] = []
  const end = async () => void (await Promise.all(opened.map(({ current }) => current[Symbol.asyncDispose]())))
  const alone = { took, first, runFirst, phones: 1, shares: () => [], [Symbol.asyncDispose]: end }
  if (options.others.length === 0)
    // Where a program costs next to nothing, so does what is around it.
    return target.device.restoring === undefined
      ? { ...alone, ...session(target, options.session) }
      : { ...alone, run: first.run }

  const left: PhoneShare[] = []
  const joined = await Promise.all(
    options.others.map(async (phone, at): Promise<SharedPhone | null> => {
      try {
        const made = await phone.open()
        const place = { current: made }
        opened.push(place)
        const environment = await made.device.calibrate()
        if (provenOf(environment) !== provenOf(options.environment))
          throw new Error(`it is proven to do other things than ${options.first}`)
        return sharedPhone(phone, place, { ...options.session, prefix: `${options.session.prefix}-${at + 2}` }, tell)
      } catch (error) {
        left.push({
          phone: phone.name,
          programs: 0,
          lost: 0,
          why: error instanceof Error ? error.message : String(error),
        })
        return null
      }
    }),
  )
  const firstPhone: SharedPhone = { name: options.first, ...first, inOrder: () => answers(target, options.session) }
  const phones = [firstPhone, ...joined.filter((phone) => phone !== null)]
  const { run, atOnce = 1, shares } = spread(phones)
  return {
    run,
    atOnce,
    took,
    first,
    runFirst,
    phones: phones.length,
    shares: () => [...shares(), ...left],
    [Symbol.asyncDispose]: end,
  }
}

const sharedPhone = (
  { name, open }: OtherPhone,
  place: { current: Target },
  options: SessionOptions,
  tell: (took: Took) => void,
): SharedPhone => {
  let now = timedSession(place.current, options, tell)
  let times = 0
  return {
    name,
    run: (program) => now.run(program),
    asked: () => now.asked(),
    async inOrder() {
      const before = place.current
      await Promise.resolve(before[Symbol.asyncDispose]()).catch(() => undefined)
      place.current = await open()
      // Names of a session that was before are not given again.
      now = timedSession(place.current, { ...options, prefix: `${options.prefix}-${++times}` }, tell)
      return true
    },
  }
}

/** Whether the vault there can be begun again. */
const answers = async (target: Target, options: SessionOptions): Promise<boolean> => {
  await target.kill()
  await session(target, { ...options, prefix: `${options.prefix}-probe` }).run({ commands: [], schedule: [] })
  return true
}
