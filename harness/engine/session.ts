// Longer than 300 lines: the steps of the one interpreter share the state of the program that runs.
import { setImmediate as macrotask } from 'node:timers/promises'
import { type Control, touchesOf } from '../contract/controls.ts'
import { DeviceFault } from '../contract/device.ts'
import type { Event, History, Observation, Outcome } from '../contract/history.ts'
import type { Operation } from '../contract/operations.ts'
import type { Program } from '../contract/program.ts'
import type { PinRef, ValueRef } from '../contract/values.ts'
import type { Answer } from '../contract/vault.ts'
import { inapplicable, materialise, namesOf, outcomeOf, outcomeOfThrow, unasked } from './answers.ts'
import { askedAgain } from './asked-again.ts'
import { canaries } from './canary.ts'
import { type Given, heldSecret, lookForSecrets } from './memory-look.ts'
import { pinAfter, pinsIn, withKnownPin } from './pin.ts'
import { type Said, saidBeside, searchForLeaks, withoutSecrets } from './search-for-leaks.ts'
import { settler } from './settle.ts'
import { signedTexts } from './signed-texts.ts'
import { changesLog, logTamperer } from './tamper-log.ts'
import { AdapterFault, type Target, VaultGone } from './target.ts'
import { watchCiphertexts } from './watch-ciphertexts.ts'

/** Runs programs on one target, one at a time: the only place with side effects. */
export interface Session {
  /** @throws ProgramLost where only this program cannot be run; anything else where the target cannot go on */
  run(program: Program): Promise<History>
  /** How many programs may be asked for at once. Default 1. */
  readonly atOnce?: number
}

/** A program went away with the phone that it was on: nobody knows what the vault did. Others can go on. */
export class ProgramLost extends Error {
  override readonly name = 'ProgramLost'
}

export interface SessionOptions {
  /** Prefix of every namespace: fixed on simulated devices, unique to the run elsewhere. */
  readonly prefix: string
  /** Milliseconds that a call may take where hanging cannot be known exactly. */
  readonly deadlineMs: number
  /** Told once a command, so that a watcher can see that the run is alive. */
  readonly beat?: () => void
  /** All secrets that programs gave are noted here, as texts: what is said of a run may hold none of them. */
  readonly given?: Map<string, ValueRef | PinRef>
  /** Told of each program how far it is. */
  readonly reached?: (stage: Stage) => void
}

/** `begun`: the vault is asked now, and what it did can be hidden by another try. `restored`: the first command comes. */
export type Stage = 'begun' | 'restored'

/** The vault could not be put into a fresh state: nothing that it does afterwards can be judged. */
export class RestoreFault extends Error {
  override readonly name = 'RestoreFault'
}

interface Pending {
  readonly call: number
  readonly op: Operation
  settled: boolean
  acknowledged: boolean
}

/** Calls in flight at once, at most: the orders to be considered grow as the factorial. */
const mostPending = 4

/** Looks into the memory of the vault's process in one program, at most, after its locks and after its wrong PINs. */
const mostLooks = 3

/** In process a program runs without a turn of the event loop: after so many it gets one, for signals and watchers. */
const programsPerTurn = 16

/** Operations around which a phone's items are counted. */
const counted: ReadonlySet<Operation['op']> = new Set(['get', 'delete', 'availability'])

export function session(target: Target, options: SessionOptions): Session {
  const { device, description } = target
  const offered = new Set<string>(description.operations)
  const lifecycle = description.profiles.includes('lifecycle')
  const text = description.values === 'text'
  const asksPin = description.profiles.includes('pin')
  const onPhone = (description.platform ?? 'desktop') !== 'desktop'
  let runs = 0

  const run = async (program: Program): Promise<History> => {
    // A vault that is restored by itself keeps one place; another gets a fresh one for each program.
    const namespace = description.restore === 'namespace' ? `${options.prefix}-${runs++}` : options.prefix
    const used = canaries(description.values, options.given)
    const events: Event[] = []
    const pending = new Map<number, Pending>()
    let calls = 0
    let command = -1
    let life = 0
    let struck: { control: Control; command: number } | null = null
    let armed = false
    let knownPin: PinRef = { pin: 0 }
    let checkpoint: string | null = null
    const texts = signedTexts()
    const earlier = () => ({ checkpoint, signed: texts.text })
    const tamperer = logTamperer(device, description, program)
    const pins = new Map<number, PinRef>()
    let heldFound = false
    const looks = { lock: 0, 'wrong-pin': 0 }
    const said: Said[] = []
    const ciphertexts = watchCiphertexts(device, namespace)
    let known: ReadonlySet<string> | null = null
    const names = () => {
      known ??= namesOf(program)
      return known
    }

    if (runs % programsPerTurn === 0) await macrotask()
    if (device.restoreEnds?.() === true) await target.kill()
    await device.restore()
    await target.begin(namespace)
    options.reached?.('begun')
    const began = device.now()
    const firstBoot = device.boot()
    const settle = settler(device, program.schedule, options.deadlineMs, () => deathDue())
    target.takeErrors()
    // What the calls before were seen to leave is of no program.
    await device.sight?.takeProcesses()
    await device.sight?.takeFiles()
    device.takeMisuse?.()
    const again = askedAgain(() => device.effects?.count() ?? 0)
    const asking = device.prompts ?? device.watched
    asking?.onPhase((prompt, phase) => {
      events.push({ ...stamp(), type: 'prompt', prompt, phase })
      const seen = pending.size === 1 ? again.phase(phase) : null
      if (seen !== null) observe(seen)
    })

    const at = () => device.now() - began
    const boot = () => device.boot() - firstBoot
    const stamp = () => ({ seq: events.length, at: at(), boot: boot(), command })
    const observe = (observation: Observation) => {
      events.push({ ...stamp(), type: 'observation', observation })
    }
    const record = (call: number, outcome: Outcome, again: boolean) => {
      events.push({ seq: events.length, at: at(), boot: boot(), command, type: 'return', call, outcome, again })
    }
    const derived = () => {
      for (const derivation of device.takeDerivations?.() ?? []) observe({ probe: 'kdf', ...derivation })
    }
    const close = (entry: Pending, outcome: Outcome) => {
      if (entry.settled) return
      if (asksPin && outcome.is === 'ok') knownPin = pinAfter(entry.op, knownPin)
      if (entry.op.op === 'checkpoint' && outcome.is === 'ok' && typeof outcome.value === 'string')
        checkpoint = outcome.value
      entry.settled = true
      entry.acknowledged = outcome.is === 'ok'
      pending.delete(entry.call)
      record(entry.call, outcome, false)
    }
    const send = (asked: Operation, by?: 'other'): Pending => {
      const op = asksPin ? withKnownPin(asked, knownPin) : asked
      for (const pin of pinsIn(op)) pins.set(pin.pin, pin)
      const entry: Pending = { call: calls++, op, settled: false, acknowledged: false }
      events.push({ seq: events.length, at: at(), boot: boot(), command, type: 'invoke', call: entry.call, op })
      if (pending.size === 0) again.begin(entry.call)
      pending.set(entry.call, entry)
      const mine = life
      const answered = (answer: Answer) => {
        if (mine !== life) return
        try {
          said.push(...saidBeside(answer, names, op.op))
          close(entry, texts.seen(op, outcomeOf(answer, op.op, used, description.mapping)))
        } catch (error) {
          failed(error)
        }
      }
      const failed = (error: unknown) => {
        if (mine !== life) return
        if (error instanceof Error) said.push({ where: 'an error', text: error.message })
        close(entry, error instanceof VaultGone ? { is: 'info', why: 'lost' } : outcomeOfThrow(error))
        if (error instanceof AdapterFault || error instanceof DeviceFault) settle.fault(error)
      }
      let answer: Promise<Answer>
      try {
        const call = materialise(op, used, earlier())
        answer = (by === 'other' ? target.invokeOther?.(call) : undefined) ?? target.invoke(call, op)
      } catch (error) {
        failed(error)
        return entry
      }
      settle.watch(answer.then(answered, failed))
      return entry
    }
    const die = (why: 'killed' | 'lost') => {
      life++
      for (const entry of [...pending.values()]) close(entry, { is: 'info', why })
      device.effects?.drop()
      armed = false
    }
    const enact = async (control: Control): Promise<'done' | 'skipped'> => {
      const kill = async () => {
        die('killed')
        await target.kill()
      }
      const touches = touchesOf(control)
      // A power cut takes the processes with it. Killed before, they would have ended in another way, and sooner.
      const cutWhileRunning = control.control === 'cut-power' && device.effects === undefined
      if (cutWhileRunning) {
        die('killed')
        target.letGo?.()
      } else if (touches === 'app') await kill()
      const result = control.control === 'kill-app' ? 'done' : await applied(control, kill)
      if (cutWhileRunning) await target.kill()
      // Nobody restores or damages files under a running app.
      if (result === 'done' && touches === 'files') {
        ciphertexts.forget()
        await kill()
      }
      return result
    }
    const applied = async (control: Control, kill: () => Promise<void>): Promise<'done' | 'skipped'> => {
      if (!changesLog(control)) return device.apply(control)
      let killed = false
      const end = async () => {
        killed = true
        await kill()
        device.effects?.arm(0, null)
        device.effects?.hold(false)
      }
      const result = await tamperer.apply(control, { kill: end, call: quiet })
      if (killed && result === 'skipped')
        events.push({ ...stamp(), type: 'control', control: { control: 'kill-app' }, result: 'done' })
      return result
    }
    /** Whether a death is at hand that was not told yet: one that was armed, or the vault's own. */
    const deathDue = () => struck !== null || device.ended?.() === true
    const strikeIfDue = async () => {
      if (device.ended?.() === true) {
        observe({ probe: 'ended' })
        die('lost')
        await target.kill()
      }
      if (struck === null) return
      const { control, command: armedBy } = struck
      struck = null
      const result = await enact(control)
      events.push({ ...stamp(), command: armedBy, type: 'control', control, result })
    }
    /** Waits for one call (null: for all), a strike, or the certainty that nothing will come. */
    const waitFor = async (entry: Pending | null) => {
      const done = () => (entry === null ? pending.size === 0 : entry.settled)
      while (!done()) {
        const end = await settle.until(done)
        if (deathDue()) {
          await strikeIfDue()
          continue
        }
        if (end === 'done') return
        if (entry === null) for (const left of [...pending.values()]) close(left, { is: 'info', why: end })
        else close(entry, { is: 'info', why: end })
      }
    }
    const footprint = async (entry: Pending, before: Awaited<ReturnType<typeof device.footprint>>) => {
      const after = await device.footprint(namespace)
      if (before === null || after === null) return
      observe({
        probe: 'availability-footprint',
        call: entry.call,
        before: before.items,
        after: after.items,
        secretReads: after.secretReads - before.secretReads,
      })
    }
    const keptItems = async (entry: Pending, before: number | null) => {
      await settle.flush()
      const after = (await device.footprint(namespace))?.items
      if (before !== null && after !== undefined) observe({ probe: 'kept-items', call: entry.call, before, after })
    }
    /** What the device saw the app do to the platform. */
    const lookAtRules = () => {
      for (const misuse of device.takeMisuse?.() ?? []) observe({ probe: 'misuse', ...misuse })
      if (device.takeHeld?.() === true) observe({ probe: 'main-thread-held' })
    }
    const call = async (op: Operation, leave: boolean, by?: 'other') => {
      const crowded = leave && pending.size >= mostPending ? `${mostPending} calls are in flight already` : null
      const lonely = by === 'other' && target.invokeOther === undefined ? 'the vault has one process here' : null
      const why = crowded ?? lonely ?? unasked(op, earlier()) ?? inapplicable(op, offered, text)
      if (why !== null) {
        events.push({ ...stamp(), type: 'skipped', why })
        return
      }
      if (deathDue()) await strikeIfDue()
      device.effects?.hold(leave || pending.size > 0)
      const alone = !leave && pending.size === 0
      const looked = op.op === 'availability' && alone
      const countsItems = alone && onPhone && counted.has(op.op)
      if (countsItems) await settle.flush()
      if (op.op === 'append' && pending.size === 0) tamperer.beforeAppend()
      const before = looked || countsItems ? await device.footprint(namespace) : null
      const entry = send(op, by)
      await settle.quiet()
      if (!leave && !entry.settled) await waitFor(entry)
      // A vault may answer before its prompt is: the person does what the prompt asks for all the same.
      else if (!leave && pending.size === 0 && device.prompts?.up() === true && device.prompts.answer())
        await settle.quiet()
      if (looked) await footprint(entry, before)
      if (countsItems) await keptItems(entry, before?.items ?? null)
      lookAtRules()
      if (!leave && pending.size === 0) await lookAtMemory(entry)
      if (lifecycle && alone && op.op === 'put' && entry.acknowledged)
        await ciphertexts.acknowledged(op.name ?? '', op.value)
      derived()
      if (deathDue()) await strikeIfDue()
    }
    /** After a lock for all that was given, after a refused PIN for that one. */
    const lookAtMemory = async ({ op, call }: Pending) => {
      const { sight } = device
      if (sight === undefined || target.hold === undefined || (op.op !== 'lock' && op.op !== 'unlock')) return
      const answer = events.findLast((event) => event.type === 'return' && event.call === call)
      if (answer?.type !== 'return') return
      const { outcome } = answer
      const locked = op.op === 'lock' && outcome.is === 'ok'
      const refused = op.op === 'unlock' && outcome.is === 'fail' && outcome.failure.code === 'wrong-pin'
      if (!locked && !refused) return
      const after = locked ? 'lock' : 'wrong-pin'
      // A look takes longer than all the rest of a command.
      if (looks[after]++ >= (sight.slow === true ? 1 : mostLooks)) return
      const look = async (after: 'lock' | 'wrong-pin' | 'hold', given: Given): Promise<boolean> => {
        const seen = await lookForSecrets(sight, after, given)
        if (seen !== null) observe(seen)
        return seen !== null && seen.found.length > 0
      }
      const all: Given = { values: [...used.used.values()], pins: [...pins.values()] }
      await look(after, locked ? all : { values: [], pins: pinsIn(op) })
      if (heldFound) return
      // That a look finds what is there is seen once a program.
      await target.hold(heldSecret)
      heldFound = await look('hold', { values: [heldSecret], pins: [] })
      await target.hold(null)
    }
    const control = async (what: Control) => {
      // Nobody gets another phone in the middle of things.
      if (!device.controls.has(what.control) || (what.control === 'use-phone' && command > 0)) {
        events.push({ ...stamp(), type: 'control', control: what, result: 'skipped' })
        return
      }
      const answers = touchesOf(what) === 'prompt'
      // On a desktop only what is done about a prompt waits for one.
      const between = asking !== undefined && pending.size > 0 && (onPhone || answers)
      const over = () => pending.size === 0
      if (between) {
        await settle.advance(answers ? 'prompt' : 'some', over)
        if (deathDue()) await strikeIfDue()
      }
      if ('atEffect' in what && what.atEffect !== undefined) {
        const effects = device.effects
        const by = command
        const can = effects !== undefined && !armed
        if (can) {
          armed = true
          effects.arm(what.atEffect, () => {
            struck = { control: what, command: by }
          })
        }
        events.push({ ...stamp(), type: 'control', control: what, result: can ? 'armed' : 'skipped' })
        return
      }
      // A kill leaves no time; everything else is done by a person, or with notice.
      if (what.control !== 'kill-app') await settle.flush()
      if (what.control === 'cut-power' && what.afterMs !== undefined) await settle.pass(what.afterMs)
      const result = await enact(what)
      events.push({ ...stamp(), type: 'control', control: what, result })
      const restored = device.takeRestored?.() ?? null
      if (restored !== null) observe({ probe: 'backup', items: restored })
      if (between && answers && pending.size > 0) {
        await settle.advance('rest', over)
        if (deathDue()) await strikeIfDue()
      }
    }

    target.onAgain((op, answer) => {
      // Which call it was is lost on purpose: only that one was answered twice matters.
      const outcome = outcomeOf(answer, op.op, used, description.mapping)
      record(calls - 1, outcome, true)
    })
    const phone = await beginOnPhone()
    options.reached?.('restored')
    for (const [index, step] of program.commands.entries()) {
      // What the set-up derived is of no command.
      if (index === 0) derived()
      command = index
      options.beat?.()
      if (index === 0 && phone) continue
      if (step.do === 'control') {
        await control(step.control)
        derived()
      } else await call(step.op, step.do === 'start', step.by)
      settle.check()
    }
    command = program.commands.length
    await waitFor(null)
    await strikeIfDue()
    lookAtRules()
    device.effects?.arm(0, null)
    device.effects?.hold(false)
    await lookForLeaks()
    await device.sweep(namespace)
    settle.check()
    return { program, events, ended: 'complete' }

    /** Restores the vault: on the kind of phone that the program begins with, where it can be set up there. */
    async function beginOnPhone(): Promise<boolean> {
      const [first] = program.commands
      if (first?.do !== 'control' || first.control.control !== 'use-phone') {
        await restoreVault()
        return false
      }
      command = 0
      await control(first.control)
      try {
        await restoreVault()
      } catch (error) {
        if (!(error instanceof RestoreFault) || !lifecycle) throw error
        await device.restore()
        await target.begin(namespace)
        events.length = 0
        events.push({ ...stamp(), type: 'control', control: first.control, result: 'skipped' })
        await restoreVault()
      }
      return true
    }
    async function restoreVault(): Promise<void> {
      device.effects?.hold(false)
      if (description.restore === 'reset') await quiet({ op: 'reset' })
      if (description.restore === 'delete') for (const name of namesOf(program)) await quiet({ op: 'delete', name })
      if (lifecycle) {
        const made = await quiet({ op: 'setUp' })
        if (made.is !== 'ok') throw new RestoreFault(`a fresh vault could not be set up: it answered ${told(made)}`)
      }
      const first = program.commands.find((step) => step.do !== 'control' && 'name' in step.op)
      const name = first !== undefined && first.do !== 'control' && 'name' in first.op ? first.op.name : 'a'
      const read = await quiet(name === undefined ? { op: 'get' } : { op: 'get', name })
      const empty = read.is === 'ok' && typeof read.value === 'object' && read.value !== null && 'size' in read.value
      if (read.is === 'ok' && !(empty && read.value.size === 0))
        throw new RestoreFault('a fresh vault already holds an entry: restoring did not work')
    }
    /** A call of the session itself, outside the program. */
    async function quiet(op: Operation): Promise<Outcome> {
      const at = events.length
      const entry = send(op)
      await waitFor(entry)
      calls--
      const last = events.at(-1)
      events.length = at
      return last?.type === 'return' ? last.outcome : { is: 'info', why: 'lost' }
    }
    /** Nothing of what was given may stay in the history, whatever the vault said. */
    async function lookForLeaks(): Promise<void> {
      const { secrets } = used
      const inAnswers = await searchForLeaks({ target, namespace, used: secrets, said, observe })
      const compared = ciphertexts.compare()
      if (compared !== null) observe(compared)
      if (inAnswers) for (const [index, event] of events.entries()) events[index] = withoutSecrets(event, secrets, text)
    }
  }
  return { run }
}

const told = (outcome: Outcome): string => (outcome.is === 'fail' ? outcome.failure.code : outcome.is)
