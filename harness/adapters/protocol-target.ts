import type { Description } from '../contract/description.ts'
import type { Channel, Device } from '../contract/device.ts'
import type { VaultCall } from '../contract/operations.ts'
import { protocolVersion, type Response, responseSchema, type WireSecret } from '../contract/protocol.ts'
import type { Secret } from '../contract/values.ts'
import type { Answer } from '../contract/vault.ts'
import { AdapterFault, type Target, VaultGone } from '../engine/target.ts'

export interface ProtocolOptions {
  readonly device: Device
  readonly command: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** Milliseconds for a handshake or a `begin`. */
  readonly deadlineMs: number
}

/** A process may end by itself this often in a run before the adapter is given up. */
const toleratedDeaths = 3

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
  const answered = new Map<number, VaultCall>()
  let again: (call: VaultCall, answer: Answer) => void = () => {}
  let channel: Channel | null = null
  let opening: Promise<Channel> | null = null
  let namespace: string | null = null
  const greeted = new WeakSet<Channel>()
  let ids = 0
  let deaths = 0
  let errors = ''
  let fault: AdapterFault | null = null
  let description: Description | null = null

  const broken = (what: string): AdapterFault => {
    fault ??= new AdapterFault(`The adapter '${told}' ${what}.${lastWords()}`)
    for (const [, one] of waiting) one.reject(fault)
    waiting.clear()
    return fault
  }
  const within = <T>(work: Promise<T>, what: string): Promise<T> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(broken(`${what} within ${deadlineMs} ms`)), deadlineMs)
      work.then(resolve, reject).finally(() => clearTimeout(timer))
    })
  const start = async (): Promise<Channel> => {
    const made = await spawn(command, environment)
    let greet: (hello: Description) => void = () => {}
    let refuse: (error: Error) => void = () => {}
    const said = new Promise<Description>((resolve, reject) => {
      greet = resolve
      refuse = reject
    })
    said.catch(() => {})
    void listen(made, greet, refuse)
    const hello = { hello: { protocol: protocolVersion } }
    try {
      made.send(JSON.stringify(hello))
      description = await within(said, 'did not answer the hello')
      greeted.add(made)
    } catch (error) {
      await made.kill()
      throw error
    }
    channel = made
    return made
  }
  const listen = async (made: Channel, greet: (hello: Description) => void, refuse: (error: Error) => void) => {
    try {
      for await (const line of made.lines) {
        const response = readLine(line)
        if (response === null) {
          const fault = broken(`wrote a line that is not of the protocol: ${JSON.stringify(mask(line).slice(0, 80))}`)
          refuse(fault)
          await made.kill()
          return
        }
        if ('hello' in response) {
          if (response.hello.protocol !== protocolVersion)
            refuse(broken(`speaks protocol ${response.hello.protocol}, this is ${protocolVersion}`))
          else greet(response.hello.description)
        } else receive(response)
      }
    } catch (error) {
      const fault = broken(error instanceof Error ? error.message : String(error))
      refuse(fault)
      await made.kill()
      return
    }
    const status = await made.ended
    errors += made.takeErrors()
    if (!greeted.has(made)) refuse(broken(`ended (${status}) before it said hello`))
    lost(made, status)
  }
  const lastWords = () => {
    const said = errors.trim().split('\n').at(-1)
    return said === undefined || said === '' ? '' : ` Its last words: ${mask(said)}`
  }
  const lost = (made: Channel, status: string) => {
    if (channel !== made) return
    channel = null
    deaths++
    if (deaths >= toleratedDeaths) broken(`ended by itself ${deaths} times (${status}); run it by hand and see why`)
    for (const [, one] of waiting) one.reject(new VaultGone(`the process ended (${status})`))
    waiting.clear()
  }
  const receive = (response: Exclude<Response, { hello: unknown }>) => {
    const one = waiting.get(response.id)
    const answer = answerOf(response)
    if (one !== undefined) {
      waiting.delete(response.id)
      if (one.call !== null) answered.set(response.id, one.call)
      one.resolve(answer)
      return
    }
    const twice = answered.get(response.id)
    if (twice !== undefined) again(twice, answer)
    else broken(`answered id ${response.id}, which nobody asked`)
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
        reject(new VaultGone('the process is gone'))
      }
    })
  const place = async (made: Channel): Promise<Channel> => {
    if (namespace === null) return made
    const answer = await within(request(made, null, { begin: { namespace } }), "did not answer 'begin'")
    if (answer.is !== 'ok') throw broken(`refused 'begin': ${JSON.stringify(answer)}`)
    return made
  }
  const open = (): Promise<Channel> => {
    if (fault !== null) return Promise.reject(fault)
    opening ??= start()
      .then(place)
      .finally(() => {
        opening = null
      })
    return opening
  }
  const invokeOn = (made: Channel, call: VaultCall): Promise<Answer> => request(made, call, bodyOf(call))

  await open()
  if (description === null) throw broken('gave no description')
  return {
    device,
    description,
    async begin(fresh) {
      namespace = fresh
      answered.clear()
      if (fault !== null) throw fault
      if (channel === null) await open()
      else await place(channel)
    },
    invoke: (call) => (channel === null ? open().then((made) => invokeOn(made, call)) : invokeOn(channel, call)),
    async kill() {
      const dying = channel
      channel = null
      waiting.clear()
      if (dying === null) return
      await dying.kill()
      errors += dying.takeErrors()
    },
    takeErrors() {
      const taken = errors + (channel?.takeErrors() ?? '')
      errors = ''
      return taken
    },
    onAgain(listen) {
      again = listen
    },
    async [Symbol.asyncDispose]() {
      const left = channel
      channel = null
      await left?.kill()
      await left?.[Symbol.asyncDispose]()
      await device[Symbol.asyncDispose]()
    },
  }
}

function readLine(line: string): Response | null {
  try {
    const read = responseSchema.safeParse(JSON.parse(line))
    return read.success ? read.data : null
  } catch {
    return null
  }
}

function bodyOf(call: VaultCall): object {
  switch (call.op) {
    case 'put':
      return { ...call, value: onWire(call.value) }
    case 'setUp':
    case 'unlock':
    case 'addSlot':
      return call.pin === undefined || call.pin === null ? call : { ...call, pin: onWire(call.pin) }
    case 'changePin':
      return {
        ...call,
        next: onWire(call.next),
        ...(call.pin === undefined || call.pin === null ? {} : { pin: onWire(call.pin) }),
      }
    default:
      return call
  }
}

const onWire = (secret: Secret): WireSecret =>
  typeof secret === 'string' ? { text: secret } : { bytes: Buffer.from(secret).toString('base64') }

function answerOf(response: Exclude<Response, { hello: unknown }>): Answer {
  if ('fail' in response) return { is: 'fail', failure: response.fail }
  if ('native' in response) return { is: 'native', native: response.native }
  const { ok } = response
  if (ok === null || typeof ok !== 'object') return { is: 'ok', value: ok }
  if ('text' in ok) return { is: 'ok', value: ok.text }
  if ('bytes' in ok) return { is: 'ok', value: Buffer.from(ok.bytes, 'base64') }
  return { is: 'ok', value: ok }
}

/** Hides whatever could be a secret: long runs of letters and digits. */
const mask = (line: string): string => line.replace(/[A-Za-z0-9+/=_-]{12,}/g, '***').slice(0, 300)
