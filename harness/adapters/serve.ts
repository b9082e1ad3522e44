import { createHash } from 'node:crypto'
import type { Readable, Writable } from 'node:stream'
import type { Description } from '../contract/description.ts'
import { operationNames, type VaultCall } from '../contract/operations.ts'
import {
  formOf,
  protocolVersion,
  type Request,
  type Response,
  requestForms,
  requestSchema,
  type WireSecret,
} from '../contract/protocol.ts'
import type { PinRef, ValueRef } from '../contract/values.ts'
import type { Answer, Vault } from '../contract/vault.ts'
import { pinSize, sizeOf, writeCanary, writePin } from '../engine/canary-bytes.ts'

/** What an adapter gives: what the vault says of itself, and a way to start it at a place of its own. */
export interface Served {
  readonly description: Description
  /** Everything it stores goes under this namespace. */
  open(namespace: string): Pick<Vault, 'invoke'>
}
export interface Streams {
  readonly input: Readable
  readonly output: Pick<Writable, 'write'>
  /** For people: what was wrong with a line. Never its content. */
  readonly errors: Pick<Writable, 'write'>
}

/** Milliseconds that pending calls get after the harness has gone. */
const graceMs = 5_000
/** Characters of one line: a megabyte in base64 with room to spare. */
const longestLine = 16_777_216

/**
 * Serves a vault over the protocol on standard input and output, one JSON object a line. Answers come as they are
 * ready, in any order. A vault that throws answers with the native identity of what it threw, for the mapping table.
 * Without `streams`, whatever else the process prints goes to standard error. Resolves when the input has ended.
 */
export async function serve(served: Served, streams: Streams = ownStreams()): Promise<void> {
  const pending = new Set<Promise<void>>()
  const send = sender(streams.output)
  const operations = new Set<string>(served.description.operations)
  const recipes = served.description.secrets === 'recipes'
  let vault: Pick<Vault, 'invoke'> | null = null
  let held: Uint8Array | null = null

  const hold = ({ id, hold: ref }: Extract<Request, { hold: unknown }>) => {
    if (!recipes) return send(refusal(id, 'unsupported', 'secrets are no recipes here'))
    held?.fill(0)
    held = ref === null ? null : madeOf(ref)
    send({ id, ok: null })
  }
  const call = async (request: Extract<Request, { op: string }>) => {
    const { id } = request
    const made: Uint8Array[] = []
    if (vault === null) return send(refusal(id, 'invalid-argument', 'begin comes first'))
    if (!operations.has(request.op)) return send(refusal(id, 'unsupported', 'not in the description'))
    try {
      send(responseOf(request, await vault.invoke(callOf(request, made)), recipes))
    } catch (error) {
      send({ id, native: nativeOf(error) })
    } finally {
      for (const bytes of made) bytes.fill(0)
    }
  }
  const begin = (id: number, namespace: string) => {
    try {
      vault = served.open(namespace)
      send({ id, ok: null })
    } catch (error) {
      send({ id, native: nativeOf(error) })
    }
  }
  const receive = (line: string) => {
    const json = parse(line)
    const checked = formOf(requestForms, json, requestSchema).safeParse(json)
    if (!checked.success) {
      const answer = answerToNonsense(json)
      if (answer !== null) send(answer)
      else streams.errors.write(`a line of ${line.length} characters is no request of protocol ${protocolVersion}\n`)
      return
    }
    const request = checked.data
    if ('hello' in request) send({ hello: { protocol: protocolVersion, description: served.description } })
    else if ('begin' in request) begin(request.id, request.begin.namespace)
    else if ('hold' in request) hold(request)
    else {
      const settled = call(request).finally(() => pending.delete(settled))
      pending.add(settled)
    }
  }
  await eachLine(streams.input, (line) => {
    if (line !== '') receive(line)
  })
  await settledOrLate(pending)
}

/** Answers of one turn of the event loop leave in one write. */
function sender(output: Streams['output']): (response: Response) => void {
  let waiting = ''
  return (response) => {
    if (waiting === '') {
      process.nextTick(() => {
        const lines = waiting
        waiting = ''
        output.write(lines)
      })
    }
    waiting += `${JSON.stringify(response)}\n`
  }
}

/** Hands on each line as it comes, without a promise for each. Resolves when the input has ended. */
function eachLine(input: Readable, take: (line: string) => void): Promise<void> {
  let rest = ''
  input.setEncoding('utf8')
  return new Promise((resolve, reject) => {
    input.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > longestLine) input.destroy(new Error(`a line is longer than ${longestLine} characters`))
      else for (const line of lines) take(line)
    })
    input.on('end', () => {
      if (rest !== '') take(rest)
      resolve()
    })
    input.on('error', reject)
  })
}

/** @param made takes what was made from recipes, to be zeroed after the call */
function callOf(request: Extract<Request, { op: string }>, made: Uint8Array[]): VaultCall {
  const { id: _, value, pin, next, key, ...rest } = request
  // The schema has checked the parts; which of them an operation takes is the vault's to judge.
  return {
    ...rest,
    ...(value === undefined ? {} : { value: secretOf(value, made) }),
    ...(pin === undefined || pin === null ? {} : { pin: secretOf(pin, made) }),
    ...(next === undefined ? {} : { next: secretOf(next, made) }),
    ...(key === undefined ? {} : { key: secretOf(key, made) }),
  } as VaultCall
}
function secretOf(secret: WireSecret | ValueRef | PinRef, made: Uint8Array[]): Uint8Array | string {
  if ('text' in secret) return secret.text
  if ('bytes' in secret) return Uint8Array.from(Buffer.from(secret.bytes, 'base64'))
  const bytes = madeOf(secret)
  made.push(bytes)
  return bytes
}

/** In memory of its own: small typed arrays live in the script engine's heap, which copies them as it likes. */
function madeOf(ref: ValueRef | PinRef): Uint8Array {
  const bytes = new Uint8Array(new ArrayBuffer('pin' in ref ? pinSize : sizeOf(ref)))
  if ('pin' in ref) writePin(ref, bytes)
  else writeCanary(ref, bytes)
  return bytes
}

function responseOf(
  { id, op }: { readonly id: number; readonly op: string },
  answer: Answer,
  recipes: boolean,
): Response {
  if (answer.is === 'fail') return { id, fail: answer.failure }
  if (answer.is === 'native') return { id, native: answer.native }
  const { value } = answer
  if (value instanceof Uint8Array && recipes) {
    const ok = { sha256: createHash('sha256').update(value).digest('hex'), size: value.length }
    value.fill(0)
    return { id, ok }
  }
  if (value instanceof Uint8Array)
    return { id, ok: { bytes: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') } }
  if (op === 'get' && typeof value === 'string') return { id, ok: { text: value } }
  return { id, ok: typeof value === 'object' && value !== null ? [...value] : value }
}

function nativeOf(error: unknown): Extract<Response, { native: unknown }>['native'] {
  if (!(error instanceof Error)) return { domain: 'javascript', code: null, type: typeof error, message: String(error) }
  const code = 'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? error.code : null
  return { domain: 'javascript', code, type: error.name, message: error.message }
}

const refusal = (id: number, code: 'unsupported' | 'invalid-argument', reason: string): Response => ({
  id,
  fail: { code, reason },
})

/** Whoever sent an id hears of it, so that no call waits for ever. */
function answerToNonsense(json: unknown): Response | null {
  if (typeof json !== 'object' || json === null || !('id' in json)) return null
  const { id } = json
  if (typeof id !== 'number' || !Number.isInteger(id)) return null
  const unknown = 'op' in json && typeof json.op === 'string' && !operationNames.some((name) => name === json.op)
  return unknown
    ? refusal(id, 'unsupported', 'no such operation')
    : refusal(id, 'invalid-argument', 'not a request of this protocol')
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/** Waits for what is pending, but not for ever: a call that never settles must not outlive the harness. */
async function settledOrLate(pending: Iterable<Promise<void>>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, graceMs)
  })
  await Promise.race([Promise.allSettled(pending), late])
  clearTimeout(timer)
}

/** Standard output belongs to the protocol alone: prints of the vault and its libraries go to standard error. */
function ownStreams(): Streams {
  const { stdin, stdout, stderr } = process
  const write = stdout.write.bind(stdout)
  stdout.write = stderr.write.bind(stderr)
  return { input: stdin, output: { write }, errors: stderr }
}
