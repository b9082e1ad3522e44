import type { DriverSession } from '../devices/appium/driver-session.ts'

/** One command of webdriverio as it was sent, and what it came to. */
export interface SentCommand {
  readonly name: keyof DriverSession
  readonly args: readonly unknown[]
  readonly came: { readonly answer: unknown } | 'failed'
  /** Milliseconds until it was answered. */
  readonly ms: number
}

/** A session whose commands are written down as they are sent. */
export const recordedSession =
  (sent: (command: SentCommand) => void, now: () => number) =>
  (session: DriverSession): DriverSession =>
    new Proxy(session, {
      get(target, name: keyof DriverSession) {
        const value: unknown = Reflect.get(target, name)
        if (typeof value !== 'function') return value
        return async (...args: readonly unknown[]) => {
          const began = now()
          try {
            const answer: unknown = await Reflect.apply(value, target, args)
            sent({ name, args, came: { answer }, ms: now() - began })
            return answer
          } catch (error) {
            sent({ name, args, came: 'failed', ms: now() - began })
            throw error
          }
        }
      },
    })

/** Sends the same commands again, one after another, with nothing else between. What they came to there. */
export const sendAgain = async (
  session: DriverSession,
  commands: readonly SentCommand[],
): Promise<readonly SentCommand['came'][]> => {
  const came: SentCommand['came'][] = []
  for (const { name, args } of commands) {
    const command: unknown = Reflect.get(session, name)
    if (typeof command !== 'function') throw new Error(`${name} is no command of a session`)
    came.push(
      await Promise.resolve(Reflect.apply(command, session, args)).then(
        (answer: unknown) => ({ answer }),
        () => 'failed' as const,
      ),
    )
  }
  return came
}

/** The lines that an app's page said, whenever each was fetched: where they are the same, the same went on. */
export const linesOf = (came: readonly SentCommand['came'][]): string =>
  came
    .flatMap((one) => {
      if (one === 'failed') return []
      const { answer } = one
      return typeof answer === 'object' && answer !== null && 'lines' in answer && Array.isArray(answer.lines)
        ? answer.lines.map(String)
        : []
    })
    .sort()
    .join('\n')
