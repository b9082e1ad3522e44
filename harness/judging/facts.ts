// Longer than 300 lines: the steps of the one fold share what they have seen so far.
import { touchesOf } from '../contract/controls.ts'
import type { Description } from '../contract/description.ts'
import type { Event, History, Observation, Outcome } from '../contract/history.ts'
import { absent } from '../models/entry.ts'
import { type CallFact, entryOf, type Facts, type Flying, type Occurrence, writes } from './call-fact.ts'
import { changedByte } from './changed-byte.ts'
import { concernOfRead, isLong } from './concern.ts'
import { entries as newEntries, uncertain } from './entries.ts'
import { situationOfLeak } from './found-secret.ts'
import { lookAlike } from './names.ts'
import { onPhone } from './on-phone.ts'
import { recovery, situationsOfOpening } from './opening.ts'
import { pins as newPins } from './pins.ts'
import { since } from './since.ts'
import { beforeOf, existsFor, metOf, situate } from './situate.ts'
import type { Situation } from './situations.ts'
import { spilt } from './spilt.ts'
import { storedFiles, type Tampering } from './stored-files.ts'
import { withoutKeyring } from './without-keyring.ts'
import { world } from './world.ts'

const none: readonly Occurrence[] = []
const tampered = (state: Tampering): Situation =>
  state === 'swap' ? 'read-after-swap' : state === 'older' ? 'read-after-older-copy' : 'read-after-damage'
type Footprint = Observation & { probe: 'availability-footprint' }

/** Folds a history into situations. Pure; the description says what the vault claims. */
export function factsOf(history: History, description: Description): Facts {
  const met = new Map<Situation, Occurrence[]>()
  const flying = new Map<number, Flying>()
  const finished = new Map<number, CallFact>()
  const footprints = new Map<number, Footprint>()
  const entries = newEntries(description)
  const around = world(description)
  const files = storedFiles()
  const pins = newPins(description)
  const afterCrash = recovery()
  const changed = changedByte()
  const phone = onPhone(history, description, note)
  const bare = withoutKeyring(description)
  let powerCut: 'all' | 'contents' | null = null
  let crashed = false
  let stored = false
  let longKept = false

  for (const event of history.events)
    if (event.type === 'observation' && event.observation.probe === 'availability-footprint')
      footprints.set(event.observation.call, event.observation)
  for (const event of history.events) {
    phone?.event(event, flying)
    if (event.type === 'invoke') invoked(event)
    else if (event.type === 'return') {
      if (event.again) again(event)
      else returned(event)
    } else if (event.type === 'control' && event.result === 'done') controlled(event)
    else if (event.type === 'observation') observed(event)
  }
  phone?.end()
  const unnoticed = changed.end()
  if (unnoticed !== null) note('changed-byte', unnoticed.at, null, null, unnoticed.wrong)
  return { history, met, of: (situation) => met.get(situation) ?? none }

  function note(
    situation: Situation,
    at: number,
    call: CallFact | null,
    seen: Occurrence['seen'] = null,
    wrong: Occurrence['wrong'] = null,
  ): void {
    const occurrence = { situation, at, call, seen, wrong }
    const list = met.get(situation)
    if (list === undefined) met.set(situation, [occurrence])
    else list.push(occurrence)
  }

  function everywhere(flag: number): void {
    for (const tracked of entries.all()) tracked.since |= flag
  }

  /** All processes of the vault are dead; it may have said that it forgets then. */
  function died(flag: number): void {
    everywhere(flag)
    bare.changed(around.keyring, true)
    if (around.forgets(flag === since.kill ? 'process' : 'machine'))
      for (const tracked of entries.all()) tracked.model.may([absent])
  }

  function controlled(event: Event & { type: 'control' }): void {
    const { control } = event.control
    around.control(control)
    followFiles(event)
    switch (control) {
      case 'kill-app':
        died(since.kill)
        break
      case 'restart-machine':
        died(since.restart)
        break
      case 'cut-power':
        powerCut = event.control.loses
        crashed = true
        died(event.control.loses === 'all' ? since.power : since.torn)
        break
      case 'restore-files':
      case 'damage-file':
        died(since.kill)
        break
      case 'restart-keyring':
      case 'stop-keyring':
      case 'start-keyring':
        everywhere(since.restart)
        break
      case 'lock-keyring':
      case 'unlock-keyring':
        everywhere(since.relock)
        break
      case 'advance-clock':
        if (event.control.by > 0) pins.waited()
        break
      case 'wipe-keyring':
        changed.forget()
        bare.wiped()
        break
      case 'copy-files':
        break
      default:
        if (touchesOf(event.control) === 'app') died(since.kill)
    }
    bare.changed(around.keyring, false)
  }

  function followFiles(event: Event & { type: 'control' }): void {
    const whole = files.state === null && !crashed && !around.wiped
    files.control(event.control)
    const { control: what } = event
    if (what.control === 'damage-file' && what.how === 'flip' && whole)
      changed.begin(
        event.seq,
        [...entries.all()].filter(({ model }) => !model.states().includes(absent)).map(({ name }) => name),
      )
    else if (what.control === 'damage-file' || what.control === 'restore-files') changed.forget()
  }

  function invoked(event: Event & { type: 'invoke' }): void {
    const { op } = event
    const name = entryOf(op)
    const call: Flying = {
      call: event.call,
      op,
      command: event.command,
      invoked: event.seq,
      keyring: around.keyring,
      vault: around.vault,
      epoch: around.epoch,
      overlapped: flying.size > 0,
      besideWrite: false,
    }
    for (const other of flying.values()) {
      other.overlapped = true
      if (name === null || entryOf(other.op) !== name) continue
      if (writes(op)) other.besideWrite = true
      if (writes(other.op)) call.besideWrite = true
    }
    phone?.invoked(call, event.at, flying)
    bare.asked(op, around.keyring)
    flying.set(event.call, call)
    entries.invoke(call)
  }

  function again(event: Event & { type: 'return' }): void {
    const fact = finished.get(event.call)
    if (fact === undefined) return
    fact.again = true
    if (phone !== null) phone.again(fact, event.seq)
    else note('overlapping-calls', event.seq, fact)
  }

  function returned(event: Event & { type: 'return' }): void {
    const call = flying.get(event.call)
    if (call === undefined) return
    flying.delete(event.call)
    const { op } = call
    const { outcome } = event
    const steady = call.epoch === around.epoch
    const keyring = steady ? call.keyring : 'changed'
    const vault = steady ? call.vault : 'changed'
    const untouched = files.state === null && !around.wiped
    const meets = phone?.returned(call) ?? null
    const plain = meets === null || meets.plain
    const normal = keyring === 'unlocked' && vault === 'unlocked' && untouched && plain
    const name = entryOf(op)
    const before = name === null ? null : beforeOf(entries.track(name), call, entries.outlived)
    const deviation = entries.settle(call, outcome, normal, !plain)
    const fact: CallFact = {
      call: call.call,
      op,
      command: call.command,
      invoked: call.invoked,
      at: event.seq,
      outcome,
      again: false,
      overlapped: call.overlapped,
      keyring,
      vault,
      deviation,
      tampering: files.state,
      pins: pins.possible,
      guesses: pins.guesses,
      mostGuesses: pins.mostGuesses,
      possible: before === null ? null : entries.refs(before.states),
      footprint: footprints.get(call.call) ?? null,
      phone: meets,
    }
    finished.set(call.call, fact)
    if (op.op === 'put' && outcome.is === 'ok') {
      stored = true
      longKept ||= isLong(op.value, description)
    }
    if (bare.blind(fact)) note('read-without-keyring', event.seq, fact)
    if (bare.robbed(fact)) note('read-after-wipe', event.seq, fact)
    if ((op.op === 'setUp' || op.op === 'reset') && outcome.is === 'ok') bare.renewed()
    if (outcome.is === 'info') crashed = true
    if (op.op === 'unlock' && plain) opened(fact)
    if (around.halfSetUp && untouched && keyring === 'unlocked') {
      const found = afterCrash.returned(fact)
      if (found !== null) note('half-set-up', event.seq, fact, null, found.wrong)
    }
    around.returned(op, outcome)
    if ((op.op === 'setUp' || op.op === 'reset') && outcome.is === 'info') afterCrash.begin()
    files.returned(op, outcome)
    pins.returned(op, outcome)
    changed.returned(fact, name)
    if (op.op === 'unlock' && outcome.is === 'ok') powerCut = null
    if (op.op === 'reset') entries.reset(outcome)
    if (op.op === 'list' && normal && !call.overlapped) listed(fact, outcome)
    const concern = phone === null ? 'ordinary' : phone.concern(fact, existsFor(fact, before))
    if (untouched) situate(fact, before, description, concern, (situation) => note(situation, event.seq, fact))
    else if (
      files.state !== null &&
      before !== null &&
      !before.unsure &&
      vault === 'unlocked' &&
      keyring === 'unlocked' &&
      op.op === 'get'
    )
      note(tampered(files.state), event.seq, fact)
    phone?.settled(call, fact, outcome, outcome.is === 'fail' && !uncertain.has(outcome.failure.code))
  }

  function opened(fact: CallFact): void {
    const before = {
      fits: pins.fits(fact.op),
      unsure: pins.possible.length > 1,
      halfChanged: pins.halfChanged,
      halfSetUp: around.halfSetUp,
      wiped: around.wiped,
      files: { state: files.state, undone: files.undone },
      attempts: description.pin?.attempts ?? null,
      powerCut,
    }
    for (const situation of situationsOfOpening(fact, before)) note(situation, fact.at, fact)
  }

  /** A list is a look at every entry at once; only what deviates is told, as of a look at that entry. */
  function listed(fact: CallFact, outcome: Outcome): void {
    if (outcome.is !== 'ok' || !Array.isArray(outcome.value)) return
    const names = new Set(outcome.value as readonly string[])
    const known = [...entries.all()]
    for (const tracked of known) {
      if (tracked.model.inFlight > 0) continue
      const met = metOf(tracked, entries.outlived, { besideWrite: false, overlapped: false })
      const states = tracked.model.states()
      const deviation = entries.listed(tracked, names.has(tracked.name), -1 - fact.call)
      if (deviation === null) continue
      const aliased = [...names].some((name) => lookAlike(name, tracked.name))
      const concern = aliased ? 'look-alike-name' : concernOfRead({ ...met, deviation })
      note(concern, fact.at, { ...fact, deviation, possible: entries.refs(states) })
    }
    // A name that nobody wrote: an alias of one that somebody did, or something that a long value left.
    const strange = [...names].filter((name) => !known.some((one) => one.name === name))
    for (const name of strange)
      if (known.some((one) => lookAlike(one.name, name)))
        note('look-alike-name', fact.at, { ...fact, deviation: 'ghost' })
    // Where others keep entries too, theirs are named beside.
    if (!longKept || description.restore === 'delete') return
    const unlike = strange.filter((name) => !known.some((one) => lookAlike(one.name, name)))
    note('listed-after-large', fact.at, fact, null, unlike.length === 0 ? null : spilt)
  }

  function observed(event: Event & { type: 'observation' }): void {
    const { observation } = event
    const { probe } = observation
    if (probe === 'files' && observation.files > 0) note('file-made', event.seq, null, observation)
    if (probe === 'process-sweep' && stored) note('process-seen', event.seq, null)
    if (probe === 'memory' && observation.sought > 0) {
      if (observation.after === 'lock') note('memory-after-lock', event.seq, null, observation)
      else if (observation.after === 'wrong-pin') note('memory-after-wrong-pin', event.seq, null, observation)
      else if (observation.found.length > 0) note('memory-while-held', event.seq, null, observation)
    }
    if (observation.probe === 'ciphertexts') note('sealed-and-compared', event.seq, null, observation)
    if (observation.probe === 'leak') note(situationOfLeak(observation, bare), event.seq, null, observation)
    if (observation.probe === 'kdf') note('derived-key', event.seq, null, observation)
    if (observation.probe === 'log-sweep' && stored) note('secret-handled', event.seq, null)
    if (observation.probe === 'file-sweep' && stored) note('files-searched', event.seq, null)
    if (observation.probe === 'keyring-sweep' && stored) note('attributes-searched', event.seq, null)
  }
}
