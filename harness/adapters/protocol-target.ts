import type { Description } from '../contract/description.ts'
import { type Channel, type Device, DeviceFault } from '../contract/device.ts'
import type { Operation, VaultCall } from '../contract/operations.ts'
import { protocolVersion, type Response } from '../contract/protocol.ts'
import type { Answer } from '../contract/vault.ts'
import { AdapterFault, type Target, VaultGone } from '../engine/target.ts'
import { knownValues } from './known-values.ts'
import { lastWords } from './last-words.ts'
import { masked } from './masked.ts'
import { readResponse } from './read-response.ts'
import { answerOf, bodyOf, tellRefusal } from './wire-form.ts'

export interface ProtocolOptions {
  readonly device: Device
  readonly command: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** Milliseconds for a handshake or a `begin`. */
  readonly deadlineMs: number
}

/** A process may end by itself this often in a run before the adapter is given up. */
const toleratedDeaths = 3
/** Second answers of one program: a vault may give a few, more is a flood. */
const toleratedRepeats = 200
/** A process that closed its output gets this long to end. Milliseconds. */
const closingMs = 2000

interface Waiting {
  readonly call: VaultCall | null
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
}

/** A vault behind the protocol of JSON lines, in a process that the device runs. Disposing of it ends the device too. */
export async function protocolTarget({
  device,
  command,
  environment = {},
  deadlineMs,
}: ProtocolOptions): Promise<Target> {
  const spawn = device.channel?.bind(device)
  if (spawn === undefined)
    throw new AdapterFault(`Device '${device.name}' runs no processes: use a module: vault on it.`)
  const told = command.join(' ')
  const waiting = new Map<number, Waiting>()
  let answered = new Map<number, VaultCall>()
  let answeredBefore = new Map<number, VaultCall>()
  let again: (call: VaultCall, answer: Answer) => void = () => {}
  let channel: Channel | null = null
  let opening: Promise<Channel> | null = null
  let namespace: string | null = null
  const heard = new WeakMap<Channel, Promise<void>>()
  const values = knownValues()
  let ids = 0
  /** Processes that were killed: what they said in their last moment is heard no more. */
  const dead = new WeakSet<Channel>()
  let deaths = 0
  let repeats = 0
  let errors = ''
  let fault: AdapterFault | DeviceFault | null = null
  let description: Description | null = null

  const broken = (made: Channel, what: string, by: DeviceFault | null = null): AdapterFault | DeviceFault => {
    errors += made.takeErrors()
    fault ??= by ?? new AdapterFault(`The adapter '${told}' ${what}.${said()}`)
    for (const [, one] of waiting) one.reject(fault)
    waiting.clear()
    // Nothing that it says is heard any more. Whoever disposes of the target waits for its end.
    void made.kill()
    return fault
  }
  const said = () => {
    const words = lastWords(errors)
    return words === '' ? '' : ` Its last words: ${masked(words)}`
  }
  const within = <T>(made: Channel, work: Promise<T>, late: string): Promise<T> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(broken(made, late)), deadlineMs)
      work.then(resolve, reject).finally(() => clearTimeout(timer))
    })
  const spawned = async (): Promise<Channel> => {
    try {
      return await spawn(command, environment)
    } catch (cause) {
      // What was never seen to start is the command's fault; what did start and now does not is the device's.
      if (description !== null || cause instanceof DeviceFault) throw cause
      throw new AdapterFault(cause instanceof Error ? cause.message : String(cause), { cause })
    }
  }
  const start = async (): Promise<Channel> => {
    const made = await spawned()
    let greet: (hello: Description) => void = () => {}
    let refuse: (error: Error) => void = () => {}
    const said = new Promise<Description>((resolve, reject) => {
      greet = resolve
      refuse = reject
    })
    said.catch(() => {})
    heard.set(made, listen(made, greet, refuse))
    try {
      made.send(JSON.stringify({ hello: { protocol: protocolVersion } }))
    } catch {
      // It has ended already: the listener tells how.
    }
    try {
      description = await within(
        made,
        said,
        `did not answer the hello within ${deadlineMs} ms: answer it before anything slow, end each line and flush it`,
      )
    } catch (error) {
      await made.kill()
      throw error
    }
    channel = made
    return made
  }
  /** Hears a process out. */
  const listen = async (made: Channel, greet: (hello: Description) => void, refuse: (error: Error) => void) => {
    let greeted = false
    const wrongWith = (line: string): string | null => {
      const read = readResponse(line)
      if (read.is === 'wrong') return read.wrong
      if (!('hello' in read.response)) return receive(read.response)
      if (greeted) return 'said hello twice: answer each line once'
      greeted = true
      greet(read.response.hello.description)
      return null
    }
    try {
      for await (const line of made.lines) {
        if (dead.has(made)) continue
        const wrong = wrongWith(line)
        if (wrong === null) continue
        refuse(broken(made, wrong))
        await made.ended
        return
      }
    } catch (error) {
      const what = `failed: ${error instanceof Error ? error.message : String(error)}`
      refuse(broken(made, what, error instanceof DeviceFault ? error : null))
      await made.ended
      return
    }
    const status = await soon(made.ended)
    if (status === null) {
      refuse(broken(made, 'closed its standard output and went on: keep it open until the input ends'))
      await made.ended
      return
    }
    errors += made.takeErrors()
    if (!greeted) refuse(broken(made, `ended (${status}) before it said hello: run it by hand and see why`))
    lost(made, status)
  }
  const soon = (ended: Promise<string>): Promise<string | null> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), Math.min(closingMs, deadlineMs))
      void ended.then((status) => {
        clearTimeout(timer)
        resolve(status)
      })
    })
  const lost = (made: Channel, status: string) => {
    if (channel !== made) return
    channel = null
    deaths++
    if (deaths >= toleratedDeaths)
      broken(made, `ended by itself ${deaths} times (${status}): run it by hand and see why`)
    for (const [, one] of waiting) one.reject(new VaultGone(`the process ended (${status})`))
    waiting.clear()
  }
  /** Hands an answer to who waits for it, or says what is wrong with it. */
  const receive = (response: Exclude<Response, { hello: unknown }>): string | null => {
    const one = waiting.get(response.id)
    const answer = answerOf(response, values.of)
    if (one !== undefined) {
      waiting.delete(response.id)
      if (one.call !== null) answered.set(response.id, one.call)
      one.resolve(answer)
      return null
    }
    const twice = answered.get(response.id) ?? answeredBefore.get(response.id)
    if (twice === undefined)
      return `answered id ${response.id}, which nobody asked or had its answer long ago: give each answer the id of its request`
    repeats++
    if (repeats > toleratedRepeats) return `answered ids again ${repeats} times in one program: answer each once`
    again(twice, answer)
    return null
  }
  const request = (made: Channel, call: VaultCall | null, body: object): Promise<Answer> =>
    new Promise((resolve, reject) => {
      if (fault !== null) {
        reject(fault)
        return
      }
      const id = ids++
      waiting.set(id, { call, resolve, reject })
      try {
        made.send(JSON.stringify({ id, ...body }))
      } catch {
        waiting.delete(id)
        // It is gone, or it has not read for so long that it may as well be.
        void made.kill()
        reject(new VaultGone('the process is gone'))
      }
    })
  const place = async (made: Channel): Promise<Channel> => {
    if (namespace === null) return made
    const late = `did not answer 'begin' within ${deadlineMs} ms: it hangs, perhaps still in an earlier call`
    const answer = await within(made, request(made, null, { begin: { namespace } }), late)
    if (answer.is !== 'ok')
      throw broken(made, `refused 'begin' with ${tellRefusal(answer)}: it must start afresh there`)
    return made
  }
  /** A process at its place. One that dies on the way there is started again, until it is given up. */
  const ready = async (): Promise<Channel> => {
    for (;;) {
      const made = channel ?? (await start())
      try {
        return await place(made)
      } catch (error) {
        if (!(error instanceof VaultGone)) throw error
        await heard.get(made)
        if (fault !== null) throw fault
      }
    }
  }
  const open = (): Promise<Channel> => {
    if (fault !== null) return Promise.reject(fault)
    opening ??= ready().finally(() => {
      opening = null
    })
    return opening
  }
  const invokeOn = (made: Channel, call: VaultCall, op?: Operation): Promise<Answer> => {
    if (description?.secrets !== 'recipes') return request(made, call, bodyOf(call))
    // Such an adapter answers with digests, also of a value that it was given as it is.
    if (call.op === 'put') values.note(call.value)
    return request(made, call, op ?? bodyOf(call))
  }
  const letGo = (): Channel | null => {
    const left = channel
    if (left !== null) dead.add(left)
    channel = null
    waiting.clear()
    return left
  }
  const described = (): Description | null => description
  await open()
  const known = described()
  if (known === null) throw new AdapterFault(`The adapter '${told}' gave no description.`)
  return {
    device,
    description: known,
    async begin(fresh) {
      namespace = fresh
      answeredBefore = answered
      answered = new Map()
      repeats = 0
      values.forget()
      await opening?.catch(() => {})
      await open()
    },
    invoke: (call, op) =>
      channel === null ? open().then((made) => invokeOn(made, call, op)) : invokeOn(channel, call, op),
    ...(known.secrets !== 'recipes'
      ? {}
      : {
          async hold(ref) {
            const made = channel ?? (await open())
            const late = `did not answer 'hold' within ${deadlineMs} ms: it hangs`
            const answer = await within(made, request(made, null, { hold: ref }), late)
            if (answer.is !== 'ok') throw broken(made, `refused 'hold' with ${tellRefusal(answer)}: make that secret`)
          },
        }),
    async kill() {
      // One that is on its way dies too, rather than act after the kill.
      await opening?.catch(() => {})
      const dying = letGo()
      await dying?.kill()
      errors += dying?.takeErrors() ?? ''
    },
    letGo: () => void letGo(),
    takeErrors() {
      const taken = errors + (channel?.takeErrors() ?? '')
      errors = ''
      return taken
    },
    onAgain(listen) {
      again = listen
    },
    async [Symbol.asyncDispose]() {
      await opening?.catch(() => {})
      const left = channel
      channel = null
      await left?.[Symbol.asyncDispose]()
      await device[Symbol.asyncDispose]()
    },
  }
}
