import { failureSchema } from '../contract/codes.ts'
import { DeviceFault } from '../contract/device.ts'
import { type MappingRow, nativeErrorSchema } from '../contract/mapping.ts'
import { type Operation, operationNames, operations, type Profile, type VaultCall } from '../contract/operations.ts'
import type { PinRef, ValueRef } from '../contract/values.ts'
import type { Answer } from '../contract/vault.ts'
import type { Blame } from '../contract/verdict.ts'
import { secretOf } from '../engine/canary.ts'
import { pinSecret } from '../engine/pin.ts'
import { settler } from '../engine/settle.ts'
import { AdapterFault, type Target, VaultGone } from '../engine/target.ts'

/** What a first look at an adapter says: one sentence, and whose fault. */
export type Smoke =
  | { readonly ok: true; readonly blame: null; readonly sentence: string }
  /** `stop`: nothing that follows could be judged. */
  | { readonly ok: false; readonly blame: Blame; readonly sentence: string; readonly stop: boolean }

const bad = (blame: Blame, sentence: string, stop: boolean): Smoke => ({ ok: false, blame, sentence, stop })
const told = (answer: Answer): string =>
  answer.is === 'ok'
    ? 'ok'
    : answer.is === 'fail'
      ? `'${answer.failure.code}'`
      : `${answer.native.domain} ${answer.native.type ?? answer.native.code ?? ''}`

/** An earlier row that takes everything a row could match makes that row dead. */
export function deadRow(table: readonly MappingRow[]): { readonly row: number; readonly by: number } | null {
  for (const [row, late] of table.entries())
    for (const [by, early] of table.slice(0, row).entries()) {
      const covers =
        early.by === late.by &&
        (early.domain === undefined || early.domain === late.domain) &&
        (early.op === undefined || early.op === late.op)
      if (!covers) continue
      const prefixed = typeof early.match === 'string' && typeof late.match === 'string'
      const takes =
        early.match === late.match ||
        late.by === 'null' ||
        (prefixed && late.by === 'token' && late.match.startsWith(early.match)) ||
        (prefixed && late.by === 'text' && late.match.includes(early.match))
      if (takes) return { row, by }
    }
  return null
}

/** An operation that a claimed profile needs and the description leaves out. */
function unmetClaim(profiles: readonly Profile[], offered: readonly string[]): string | null {
  for (const profile of profiles)
    for (const op of operationNames) {
      const row = operations[op]
      const needed = row.required && row.profiles.includes(profile) && !(profile === 'slot' && op === 'list')
      if (needed && !offered.includes(op)) return `claims the profile '${profile}' and has no '${op}'`
    }
  return null
}

/**
 * Judges the adapter before the vault: description, one canary put, read and deleted, an operation that it does not
 * know, several ids at once, rows that nothing can reach.
 * @param patienceMs each answer within this long, or the adapter hangs
 */
export async function smoke(target: Target, namespace: string, patienceMs = 8000): Promise<Smoke> {
  const { description, device } = target
  const claim = unmetClaim(description.profiles, description.operations)
  if (claim !== null) return bad('adapter', `The vault '${description.name}' ${claim}: describe what it has.`, true)
  const dead = deadRow(description.mapping)
  if (dead !== null)
    return bad(
      'adapter',
      `Mapping row ${dead.row + 1} of '${description.name}' can never match, since row ${dead.by + 1} takes all of it: reorder or remove it.`,
      true,
    )
  const ask: Ask = async (call, op) => {
    const answer: unknown = await timed(call, op)
    if (isAnswer(answer)) return answer
    throw new AdapterFault(
      `'${call.op}' of '${description.name}' gave what is no answer: give { is: 'ok', value }, { is: 'fail', failure: { code } } or { is: 'native', native }.`,
    )
  }
  const settle = settler(device, [], patienceMs, () => false)
  const timed = async (call: VaultCall, op?: Operation): Promise<Answer> => {
    let ended: { readonly answer: Answer } | { readonly error: unknown } | null = null
    const asked = Promise.resolve()
      .then(() => target.invoke(call, op))
      .then(
        (answer) => {
          ended = { answer }
        },
        (error: unknown) => {
          ended = { error }
        },
      )
    settle.watch(asked)
    const how = await settle.until(() => ended !== null)
    // Told in a closure, which the compiler does not follow.
    const end = ended as { readonly answer: Answer } | { readonly error: unknown } | null
    if (end === null) {
      const when = how === 'stuck' ? ', and nothing is left that could answer it' : ` within ${patienceMs} ms`
      throw new AdapterFault(`'${call.op}' was not answered${when}: the adapter or the vault hangs.`)
    }
    if ('error' in end) throw end.error
    return end.answer
  }
  try {
    if (device.restoreEnds?.() === true) await target.kill()
    await device.restore()
    await target.begin(namespace)
    return await look(target, ask)
  } catch (error) {
    if (error instanceof DeviceFault) return bad('environment', error.message, true)
    if (error instanceof AdapterFault) return bad('adapter', error.message, true)
    const what =
      error instanceof VaultGone
        ? 'its process ended in a call; run it by hand and see why.'
        : error instanceof Error
          ? error.message
          : String(error)
    return bad('adapter', `The adapter of '${description.name}' failed while it was tried: ${what}`, true)
  } finally {
    await device.sweep(namespace)
  }
}

/** A module is not checked call by call: its first answers show whether it knows the form. */
function isAnswer(answer: unknown): answer is Answer {
  if (typeof answer !== 'object' || answer === null || !('is' in answer)) return false
  if (answer.is === 'ok') return 'value' in answer
  if (answer.is === 'fail') return 'failure' in answer && failureSchema.safeParse(answer.failure).success
  return answer.is === 'native' && 'native' in answer && nativeErrorSchema.safeParse(answer.native).success
}

const kindOf = (value: unknown): string =>
  value instanceof Uint8Array ? 'bytes' : typeof value === 'string' ? 'text' : value === null ? 'nothing' : typeof value

/** What a vault that stores nothing is asked for. */
const firstCall = (profiles: readonly Profile[]): { call: VaultCall; done: string; undone: string } => {
  if (profiles.includes('audit')) {
    const event = { action: 'smoke', subject: 'smoke' }
    return { call: { op: 'append', event }, done: 'one event logged', undone: 'did not log an event' }
  }
  if (profiles.includes('signing'))
    return { call: { op: 'publicKeys' }, done: 'its public keys are told', undone: 'did not tell its public keys' }
  return { call: { op: 'authenticate' }, done: 'one person recognised', undone: 'did not recognise the person' }
}

/** Asks the vault; with the same call in recipes where it has secrets. */
type Ask = (call: VaultCall, op?: Operation) => Promise<Answer>

async function look(target: Target, ask: Ask): Promise<Smoke> {
  const { description } = target
  const vault = `The vault '${description.name}'`
  const name = description.profiles.includes('store') ? { name: 'smoke' } : {}
  const ref: ValueRef = { canary: 424242, size: 24, kind: 'text' }
  const value = secretOf(ref, description.values)
  if (description.profiles.includes('lifecycle')) {
    const pin: PinRef = { pin: 0 }
    const made = description.profiles.includes('pin')
      ? await ask({ op: 'setUp', pin: pinSecret(pin, description.values === 'text') }, { op: 'setUp', pin })
      : await ask({ op: 'setUp' })
    if (made.is !== 'ok') return bad('vault', `${vault} could not be set up: ${told(made)}.`, false)
  }
  const unknown = operationNames.find(
    (op) => !description.operations.includes(op) && !operations[op].takesValue && operations[op].takes === undefined,
  )
  if (unknown !== undefined) {
    const refused = await ask({ op: unknown, ...name } as VaultCall)
    if (refused.is !== 'fail' || refused.failure.code !== 'unsupported')
      return bad(
        'adapter',
        `${vault} does not offer '${unknown}' and answered it with ${told(refused)}: answer 'unsupported'.`,
        false,
      )
  }
  if (!description.profiles.some((profile) => profile === 'slot' || profile === 'store')) {
    const { call, done, undone } = firstCall(description.profiles)
    const asked = await ask(call)
    return asked.is === 'ok'
      ? { ok: true, blame: null, sentence: `${vault} answers: ${done}.` }
      : bad('vault', `${vault} ${undone}: ${told(asked)}.`, false)
  }
  const put = await ask({ op: 'put', ...name, value }, { op: 'put', ...name, value: ref })
  if (put.is !== 'ok') return bad('vault', `${vault} refused an ordinary 'put': ${told(put)}.`, false)
  const read = () => ask({ op: 'get', ...name })
  // One person answers one prompt at a time: whether a vault can bear more is for the checks to say.
  const reads =
    (description.platform ?? 'desktop') === 'desktop' && target.device.watched === undefined
      ? await Promise.all([read(), read(), read()])
      : [await read()]
  for (const read of reads) {
    if (read.is !== 'ok') return bad('vault', `${vault} did not give back what it stored: ${told(read)}.`, false)
    const kind = kindOf(read.value)
    if (kind !== description.values)
      return bad(
        'adapter',
        `${vault} says that it keeps ${description.values} and 'get' gave ${kind}: give what is described.`,
        true,
      )
    if (!Buffer.from(read.value as string).equals(Buffer.from(value as string)))
      return bad('vault', `${vault} gave back another value than was stored.`, false)
  }
  const gone = await ask({ op: 'delete', ...name })
  if (gone.is !== 'ok') return bad('vault', `${vault} did not delete: ${told(gone)}.`, false)
  return {
    ok: true,
    blame: null,
    sentence: `${vault} answers: one canary stored, read${reads.length === 1 ? '' : ' three times at once'}, deleted.`,
  }
}
