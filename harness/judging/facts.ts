// Longer than 300 lines: one fold over a history, whose steps share what is known so far.
import { touchesOf } from '../contract/controls.ts'
import type { Description } from '../contract/description.ts'
import type { Event, History, Observation, Outcome } from '../contract/history.ts'
import { absent } from '../models/entry.ts'
import { approvedProfile } from './approved.ts'
import { auditedLog } from './audited.ts'
import { type CallFact, entryOf, type Facts, type Flying, type Occurrence, writes } from './call-fact.ts'
import { changedByte } from './changed-byte.ts'
import { closed as newClosed } from './closed.ts'
import { comesAndGoes } from './comes-and-goes.ts'
import { meet, nobody } from './company.ts'
import { concernOfRead, isLong } from './concern.ts'
import { derivations as newDerivations } from './derivations.ts'
import { entries as newEntries, uncertain } from './entries.ts'
import { situationOfLeak } from './found-secret.ts'
import { oddName } from './listing.ts'
import { lookAlike } from './names.ts'
import { onDatabase } from './on-database.ts'
import { onKeyring } from './on-keyring.ts'
import { onPhone } from './on-phone.ts'
import { recovery, situationsOfOpening } from './opening.ts'
import { factsOfPages, hasPages } from './pages.ts'
import { pins as newPins } from './pins.ts'
import { processStart } from './process-start.ts'
import { setApart } from './set-apart.ts'
import { signedTransactions } from './signed.ts'
import { since } from './since.ts'
import { beforeOf, existsFor, metOf, situate } from './situate.ts'
import type { Situation } from './situations.ts'
import { spilt } from './spilt.ts'
import { storedFiles, type Tampering } from './stored-files.ts'
import { factsOfTwo, hasTwoProcesses } from './two-processes.ts'
import { withoutKeyring } from './without-keyring.ts'
import { world } from './world.ts'

const none: readonly Occurrence[] = []
const tampered = (state: Tampering): Situation =>
  state === 'swap' ? 'read-after-swap' : state === 'older' ? 'read-after-older-copy' : 'read-after-damage'
type Footprint = Observation & { probe: 'availability-footprint' }

/** Folds a history into situations. Pure; the description says what the vault claims. */
export function factsOf(history: History, description: Description): Facts {
  if (hasTwoProcesses(history)) return factsOfTwo(history, description)
  if (hasPages(history)) return factsOfPages(history, description)
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
  const derivations = newDerivations(history, note)
  const start = processStart()
  const phone = onPhone(history, description, note)
  const desktop = onKeyring(description, around)
  const database = onDatabase(description)
  const approved = approvedProfile(description)
  const comes = phone === null ? comesAndGoes(add) : null
  const bare = withoutKeyring(description)
  const closed = description.profiles.includes('lifecycle') ? newClosed() : null
  const log = auditedLog(description)
  const signed = signedTransactions(description)
  let powerCut: 'all' | 'contents' | null = null
  let crashed = false
  let stored = false
  let longKept = false
  let updated = false
  /** The vault has just said that it is open. */
  let saidOpen = false

  for (const event of history.events)
    if (event.type === 'observation' && event.observation.probe === 'availability-footprint')
      footprints.set(event.observation.call, event.observation)
  for (const event of history.events) {
    phone?.event(event, flying)
    if (event.type === 'prompt') (signed ?? desktop)?.prompt(event, flying)
    if (event.type === 'invoke') invoked(event)
    else if (event.type === 'return') {
      if (event.again) again(event)
      else returned(event)
    } else if (event.type === 'control' && event.result === 'done') controlled(event)
    else if (event.type === 'observation') observed(event)
  }
  phone?.end()
  comes?.end()
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
    if (wrong !== null || comes?.held(situation, at, call) !== true) add({ situation, at, call, seen, wrong })
  }

  function add(occurrence: Occurrence): void {
    const { situation } = occurrence
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
    start.ended()
    bare.changed(around.keyring, true)
    if (around.forgets(flag === since.kill ? 'process' : 'machine'))
      for (const tracked of entries.all()) tracked.model.may([absent])
  }

  function controlled(event: Event & { type: 'control' }): void {
    const { control } = event.control
    around.control(event.control)
    desktop?.control(event.control)
    database?.control(event.control)
    approved?.control(event.control)
    comes?.control(event.control)
    closed?.control(event.control)
    log?.control(event.control)
    signed?.control(event.control)
    followFiles(event)
    saidOpen = false
    switch (control) {
      case 'kill-app':
        died(since.kill)
        start.killed()
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
      case 'damage-log':
      case 'rewrite-log':
        died(since.kill)
        break
      case 'restart-keyring':
      case 'stop-keyring':
      case 'stop-bus':
      case 'start-keyring':
        // What lives no longer than a session of the machine may live in the keyring's process.
        if (around.forgets('machine')) for (const tracked of entries.all()) tracked.model.may([absent])
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
      case 'duplicate-items':
        everywhere(since.copied)
        break
      case 'swap-keyring':
        died(since.kill)
        everywhere(since.swapped)
        break
      case 'update-app':
        updated = true
        died(since.kill)
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
      met: around.keyring,
      keyring: around.keyring,
      vault: around.vault,
      epoch: around.epoch,
      overlapped: flying.size > 0,
      besideWrite: false,
      company: nobody(),
      start: start.fresh ? 'first' : start.failed ? 'after-failure' : null,
      creates:
        op.op === 'put' && (isAbsent(name ?? '') || [...flying.values()].some((other) => isCreated(other, name))),
      fits: op.op === 'unlock' && pins.fits(op) && database?.byOtherKey(op) !== true,
    }
    for (const other of flying.values()) {
      other.overlapped = true
      meet(call, other)
      if (name === null || entryOf(other.op) !== name) continue
      if (writes(op)) other.besideWrite = true
      if (writes(other.op)) call.besideWrite = true
    }
    phone?.invoked(call, event.at, flying)
    bare.asked(op, around.keyring)
    flying.set(event.call, call)
    entries.invoke(call)
  }

  function isCreated({ creates, op }: Flying, name: string | null): boolean {
    return creates && entryOf(op) === name
  }

  function isAbsent(name: string): boolean {
    const { tainted, lost, model } = entries.track(name)
    return !tainted && !lost && model.states().every((state) => state === absent)
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
    const elsewhere = approved?.elsewhere === true
    const back = database?.steppedBack === true || elsewhere
    const untouched = files.state === null && !around.wiped && !around.swapped && !back
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
      company: call.company,
      start: call.start,
      keyring,
      vault,
      unlocking: desktop?.unlocking(call) ?? null,
      deviation,
      tampering: files.state,
      pins: pins.possible,
      guesses: pins.guesses,
      mostGuesses: pins.mostGuesses,
      possible: before === null ? null : entries.refs(before.states),
      derivations: derivations.of(call, event.command),
      footprint: footprints.get(call.call) ?? null,
      phone: meets,
    }
    finished.set(call.call, fact)
    derivations.returned(fact, updated)
    for (const told of [...(log?.returned(fact) ?? []), ...(signed?.returned(fact) ?? [])])
      note(told.situation, event.seq, fact, null, told.wrong)
    if (op.op === 'put' && outcome.is === 'ok') {
      stored = true
      longKept ||= isLong(op.value, description)
    }
    if (bare.blind(fact)) note('read-without-keyring', event.seq, fact)
    if (bare.robbed(fact)) note('read-after-wipe', event.seq, fact)
    if ((op.op === 'setUp' || op.op === 'reset') && outcome.is === 'ok') bare.renewed()
    if (outcome.is === 'info') crashed = true
    const under = desktop?.returned(fact, { before, met: call.met, fits: pins.fits(op), untouched }) ?? null
    if (under !== null) note(under.situation, event.seq, fact)
    const told = database?.returned(fact, {
      wiped: around.wiped,
      plain:
        files.state === null && !around.swapped && keyring === 'unlocked' && !around.halfSetUp && powerCut === null,
    })
    if (told !== undefined && told !== null) note(told.situation, event.seq, fact)
    const opensOther = approved?.returned(fact) === true
    if (opensOther && files.state === null && !around.wiped && !around.swapped)
      note('opened-outside-profile', event.seq, fact)
    const alone = under?.alone === true || told?.alone === true || (elsewhere && op.op === 'unlock')
    const failed = phone === null && untouched && !alone && apart(call, fact, before)
    if (op.op === 'unlock' && plain && !failed && !alone) opened(fact)
    // By which key a killed set-up made the database is not known.
    const byAnother = database !== null && outcome.is === 'fail' && outcome.failure.code === 'wrong-key'
    if (around.halfSetUp && untouched && keyring === 'unlocked' && !byAnother) {
      const found = afterCrash.returned(fact)
      if (found !== null) note('half-set-up', event.seq, fact, null, found.wrong)
    }
    around.returned(op, outcome)
    start.returned(call, outcome, flying.values())
    for (const { situation, wrong } of closed?.returned(fact, untouched && steady, saidOpen) ?? [])
      note(situation, event.seq, fact, null, wrong)
    hearsOf(fact)
    if ((op.op === 'setUp' || op.op === 'reset') && outcome.is === 'info') afterCrash.begin()
    files.returned(op, outcome)
    pins.returned(op, outcome)
    changed.returned(fact, name)
    if (op.op === 'unlock' && outcome.is === 'ok') powerCut = null
    if ((op.op === 'unlock' || op.op === 'setUp' || op.op === 'reset') && outcome.is === 'ok') updated = false
    if (op.op === 'reset') entries.reset(outcome)
    if (op.op === 'list' && normal && !call.overlapped) listed(fact, outcome)
    const concern = phone === null ? 'ordinary' : phone.concern(fact, existsFor(fact, before))
    const toldAlready =
      failed || alone || (phone !== null && plain && concern === 'ordinary' && apart(call, fact, before))
    if (!toldAlready && untouched)
      situate(fact, before, description, concern, (situation) => note(situation, event.seq, fact))
    else if (
      files.state !== null &&
      before !== null &&
      !before.unsure &&
      vault === 'unlocked' &&
      keyring === 'unlocked' &&
      op.op === 'get'
    )
      note(tampered(files.state), event.seq, fact)
    comes?.returned(fact, before?.met.happened ?? 0)
    phone?.settled(call, fact, outcome, outcome.is === 'fail' && !uncertain.has(outcome.failure.code))
  }

  /** Tells the situations that a call belongs to whatever lies behind it. True where it failed in one: nothing else is told of it. */
  function apart(call: Flying, fact: CallFact, before: ReturnType<typeof beforeOf> | null): boolean {
    const opens =
      call.fits &&
      [call.keyring, around.keyring].every((state) => state === 'unlocked') &&
      call.vault === 'locked' &&
      pins.possible.length < 2 &&
      pins.mostGuesses === 0 &&
      !pins.halfChanged &&
      !around.halfSetUp &&
      powerCut === null
    let failed = false
    for (const told of setApart(fact, { before, saidOpen, opens, description })) {
      note(told.situation, fact.at, fact)
      failed = told.failed
      if (!failed || told.situation !== 'used-after-opening') continue
      // What it says now is believed.
      saidOpen = false
      around.returned({ op: 'state' }, { is: 'ok', value: 'locked' })
    }
    return failed
  }

  /** Keeps in mind whether the vault has just said that it is open. */
  function hearsOf({ op, outcome, overlapped }: CallFact): void {
    const ok = outcome.is === 'ok'
    if (overlapped || outcome.is === 'info') saidOpen = false
    else if (op.op === 'unlock' || op.op === 'setUp') saidOpen = ok
    else if (op.op === 'state') saidOpen = ok && outcome.value === 'unlocked'
    else if (op.op === 'lock' || op.op === 'reset') saidOpen = false
  }

  function opened(fact: CallFact): void {
    const before = {
      fits: pins.fits(fact.op),
      unsure: pins.possible.length > 1,
      halfChanged: pins.halfChanged,
      halfSetUp: around.halfSetUp,
      wiped: around.wiped,
      swapped: around.swapped,
      keyringBack: around.keyringBack,
      copied: around.copied,
      files: { state: files.state, undone: files.undone },
      attempts: description.pin?.attempts ?? null,
      updated,
      powerCut,
    }
    for (const situation of situationsOfOpening(fact, before)) note(situation, fact.at, fact)
  }

  /** A list is a look at every entry at once; only what deviates is told, as of a look at that entry. */
  function listed(fact: CallFact, outcome: Outcome): void {
    if (outcome.is !== 'ok' || !Array.isArray(outcome.value)) return
    const all = outcome.value as readonly string[]
    const names = new Set(all)
    const known = [...entries.all()]
    const odd = oddName(
      all,
      known.map(({ name }) => name),
    )
    // Where others keep entries too, theirs are named beside.
    const afterLarge = longKept && description.restore !== 'delete'
    note('listed', fact.at, fact, null, afterLarge && odd?.kind === 'stranger' ? null : odd)
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
    if (!afterLarge) return
    const unlike = strange.filter((name) => !known.some((one) => lookAlike(one.name, name)))
    note('listed-after-large', fact.at, fact, null, unlike.length === 0 ? null : spilt)
  }

  function observed(event: Event & { type: 'observation' }): void {
    const { observation } = event
    const { probe } = observation
    if (probe === 'ended') {
      around.control({ control: 'kill-app' })
      died(since.kill)
    }
    if (probe === 'files' && observation.files > 0) note('file-made', event.seq, null, observation)
    if (probe === 'process-sweep' && stored) note('process-seen', event.seq, null)
    if (probe === 'memory' && observation.sought > 0) {
      if (observation.after === 'lock') note('memory-after-lock', event.seq, null, observation)
      else if (observation.after === 'wrong-pin') note('memory-after-wrong-pin', event.seq, null, observation)
      else if (observation.found.length > 0) note('memory-while-held', event.seq, null, observation)
    }
    if (observation.probe === 'ciphertexts') note('sealed-and-compared', event.seq, null, observation)
    if (observation.probe === 'leak') {
      const ofKey = signed?.leaked(observation)
      note(ofKey?.situation ?? situationOfLeak(observation, bare), event.seq, null, observation, ofKey?.wrong)
    }
    if (observation.probe === 'file-sweep' && signed?.keyGiven === true) note('signing-key-searched', event.seq, null)
    if (observation.probe === 'kdf') {
      derivations.seen(event, observation, files.state !== null)
      if (approved?.holds === true && files.state === null) note('derived-in-profile', event.seq, null, observation)
    }
    if (observation.probe === 'log-sweep' && stored) note('secret-handled', event.seq, null)
    if (observation.probe === 'file-sweep' && stored) note('files-searched', event.seq, null)
    if (observation.probe === 'keyring-sweep' && stored) note('attributes-searched', event.seq, null)
  }
}
