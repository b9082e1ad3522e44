import { median, type Rounds } from './measure.ts'
import { onPhone, type PhoneLane } from './phone-lane.ts'
import { linesOf, recordedSession, type SentCommand, sendAgain } from './recorded-session.ts'
import { type Paired, summed } from './reference-pairs.ts'

/** What one program on a phone takes, beside the webdriverio commands that it sends. */
export interface PhoneTime {
  readonly what: string
  /** Milliseconds to open a session with the driver, the median; and of the first, with which the driver is loaded. */
  readonly sessionMs: number
  readonly firstSessionMs: number
  readonly sessionTargetMs: number
  /** Of the program in pairs: by Holdfast, and its commands sent bare to a like phone. */
  readonly program: Paired
  readonly commands: number
  readonly programTargetMs: number
  readonly ratioTarget: number
  /** Of the program: milliseconds in which no command was under way, the median. */
  readonly outsideMs: number
  /** Rounds in which the bare commands met another phone than the program did: they are left out. */
  readonly apart: number
}

const targets = { sessionTargetMs: 2000, programTargetMs: 1500, ratioTarget: 1.15 }

/**
 * Opens sessions with one phone, and runs a program on another while a third gets the commands of the program before.
 * Who goes first changes from round to round.
 */
export const phoneTime = async (lane: PhoneLane, rounds: Rounds, now: () => number): Promise<PhoneTime> => {
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const began = now()
    await work()
    return now() - began
  }
  await using like = await lane.bare()
  const beganAt = now()
  let bare = await like.open()
  const firstSessionMs = now() - beganAt
  const opened: number[] = []
  for (let time = 0; time < Math.max(3, rounds.measured); time++) {
    await bare.deleteSession()
    opened.push(
      await timed(async () => {
        bare = await like.open()
      }),
    )
  }
  let sent: SentCommand[] = []
  const device = await lane.device(recordedSession((command) => sent.push(command), now))
  const { target, run } = await onPhone(device)
  await using _ = target
  const take = () => {
    const taken = sent
    sent = []
    return taken
  }
  // From here on the like phone is given all that the other was, one program later.
  await sendAgain(bare, take())
  let before: readonly SentCommand[] = []
  const ours = () => timed(() => run(lane.program))
  const pairs: (readonly [ours: number, bare: number])[] = []
  let apart = 0
  const outside: number[] = []
  let commands = 0
  for (let round = -1 - rounds.warmUp; round < rounds.measured; round++) {
    let same = true
    const again = async () =>
      timed(async () => {
        const came = await sendAgain(bare, before)
        same = linesOf(came) === linesOf(before.map((one) => one.came))
      })
    const first = round % 2 === 0 ? await ours() : await again()
    const second = round % 2 === 0 ? await again() : await ours()
    before = take()
    commands = before.length
    if (round < 0) continue
    outside.push((round % 2 === 0 ? first : second) - before.reduce((sum, { ms }) => sum + ms, 0))
    if (same) pairs.push(round % 2 === 0 ? [first, second] : [second, first])
    else apart++
  }
  const program = summed(pairs)
  return {
    what: lane.what,
    sessionMs: median(opened),
    firstSessionMs,
    program,
    commands,
    outsideMs: median(outside),
    apart,
    ...targets,
  }
}
