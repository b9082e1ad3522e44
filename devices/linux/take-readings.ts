import { z } from 'zod'
import type { Channel } from '../../harness/contract/device.ts'
import { firstLine } from './first-line.ts'
import type { Machine } from './machine.ts'
import { fillDisk, protectHome } from './read-home.ts'
import { readSight } from './read-sight.ts'
import type { AllReadings, PromptEnd, Readings } from './readings.ts'
import { readTraces } from './traces.ts'
import { vaultFiles } from './vault-files.ts'

/** What a read of an item gives. */
export const secretSchema = z.union([z.strictObject({ value: z.string() }), z.strictObject({ error: z.string() })])
const pathSchema = z.string()
export const stateSchema = z.strictObject({ daemon: z.number().nullable(), locked: z.boolean().nullable() })
export const footprintSchema = z.strictObject({ items: z.number(), secretReads: z.number() }).nullable()
const restartSchema = z.strictObject({
  before: z.number().nullable(),
  after: z.number().nullable(),
  ended: z.boolean(),
})
const stopSchema = z.strictObject({ before: z.number().nullable(), error: z.string().nullable() })
const promptSchema = stateSchema.extend({ prompt: z.enum(['none', 'dismissed', 'answered', 'pending']) })

/** A machine that can be probed: a container, or a virtual one. */
export interface Desktop extends Pick<Machine, 'agent' | 'boots' | 'restart'> {
  /** Whether its home is on a disk that nobody else uses. */
  readonly ownDisk?: boolean
  /** Ends the session and begins another, where that is not the agent's affair. */
  logInAgain?(): Promise<void>
  /** Starts a process there, as a vault's is. */
  start(command: readonly string[], environment: Readonly<Record<string, string>>): Promise<Channel>
}

/** No secret: what our own probes store. */
const wrote = 'holdfast-probe'
const promptSeconds = 5
/** A prompt that is answered by a program is answered at once. */
const playedSeconds = 5
const outputLines = 5000

const attempt = async <T>(probe: () => Promise<T>): Promise<T | { readonly failed: string }> => {
  try {
    return await probe()
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) }
  }
}

/**
 * Probes a machine by our own calls, never a vault's, and leaves it restarted, unlocked and empty under `namespace`,
 * which must be fresh.
 */
export const takeReadings = async (machine: Desktop, namespace: string): Promise<AllReadings> => {
  const ask = <T>(question: { do: string } & Record<string, unknown>, answer: z.ZodType<T>) =>
    machine.agent().ask(question, answer)
  const item = await ask({ do: 'create', namespace, secret: wrote }, pathSchema)
  const read = (path = item) => ask({ do: 'secret', item: path }, secretSchema)

  const presence = await attempt(async () => ({ wrote, read: await read() }))
  const { locked } = await ask({ do: 'lock' }, stateSchema)
  const whileLocked = await attempt(read)
  const prompt = await attempt<Readings['prompt']>(async () => {
    const seen = await ask({ do: 'prompt', seconds: promptSeconds }, promptSchema)
    return { became: seen.prompt, stillLocked: seen.locked === true, waitedSeconds: promptSeconds }
  })
  const lock = await attempt(async () => {
    await ask({ do: 'unlock' }, stateSchema)
    if ('failed' in whileLocked) throw new Error(whileLocked.failed)
    return { wrote, saidLocked: locked === true, whileLocked, afterUnlock: await read() }
  })
  const restart = await attempt(async () => {
    const inMemory = await ask({ do: 'create', namespace, secret: wrote, collection: 'session' }, pathSchema.nullable())
    const seen = await ask({ do: 'restart' }, restartSchema)
    return { wrote, ...seen, inMemory: inMemory === null ? null : await read(inMemory), onDisk: await read() }
  })
  const absence = await attempt(async () => {
    const { error } = await ask({ do: 'stop' }, stopSchema)
    const { daemon } = await ask({ do: 'state' }, stateSchema)
    await ask({ do: 'start' }, stateSchema)
    return { wrote, error, daemon, afterStart: await read() }
  })
  const count = await attempt(() => countItems(machine, `${namespace}-count`))
  const [death, output, files] = await Promise.all([
    attempt(() => killOne(machine)),
    attempt(() => captureOne(machine, `${namespace}.log`)),
    attempt(() => reachFiles(machine)),
  ])
  const sight = await attempt(() => readSight(machine, namespace))
  const restarted = await attempt(() => restartOnce(machine, namespace, read))
  // Takes the item of the other probes too.
  const wipe = await attempt(() => wipeItems(machine, `${namespace}-wiped`))
  const password = await attempt(() => tryPassword(machine))
  const prompter = await attempt(() => playPrompter(machine))
  const home = await attempt(() => protectHome(machine))
  const disk = await attempt(() => fillDisk(machine))
  const bus = await attempt(() => stopBus(machine))
  await ask({ do: 'restore' }, stateSchema)
  await ask({ do: 'sweep', namespace }, z.null())
  return {
    presence,
    lock,
    prompt,
    restart,
    absence,
    count,
    wipe,
    files,
    password,
    prompter,
    home,
    disk,
    bus,
    death,
    output,
    sight,
    machine: restarted,
  }
}

const tryPassword = async (machine: Desktop): Promise<Readings['password']> => {
  const agent = machine.agent()
  const before = await agent.ask({ do: 'lock' }, stateSchema)
  const after = await agent.ask({ do: 'try_password', password: wrote }, stateSchema)
  return { lockedBefore: before.locked === true, lockedAfter: after.locked === true }
}

/** An app asks to unlock a locked keyring, with each person in front of the prompt. */
const playPrompter = async (machine: Desktop): Promise<Readings['prompter']> => {
  const agent = machine.agent()
  const ask = async (answers: string): Promise<{ became: PromptEnd; shown: number }> => {
    await agent.ask({ do: 'prompter', answers }, z.null())
    await agent.ask({ do: 'lock' }, stateSchema)
    const { prompt } = await agent.ask({ do: 'prompt', seconds: playedSeconds }, promptSchema)
    const shown = await agent.ask({ do: 'prompts_shown' }, z.number())
    await agent.ask({ do: 'restore' }, stateSchema)
    return { became: prompt, shown }
  }
  const dismissed = await ask('dismisses')
  const never = await ask('never')
  return { dismisses: dismissed.became, never: never.became, shown: Math.min(dismissed.shown, never.shown) }
}

/** Restarts the machine: without a bus it is good for nothing. */
const stopBus = async (machine: Desktop): Promise<Readings['bus']> => {
  const answers = async (): Promise<boolean> => {
    const call = 'dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetId'
    await using channel = await machine.start(['sh', '-c', `${call} >/dev/null 2>&1 && echo yes || echo no`], {})
    return (await firstLine(channel)) === 'yes'
  }
  const before = await answers()
  await machine.agent().ask({ do: 'stop_bus' }, z.null())
  const after = await answers()
  await machine.restart()
  return { before, after }
}

const countItems = async (machine: Desktop, namespace: string): Promise<Readings['count']> => {
  const look = async () => machine.agent().ask({ do: 'footprint', namespace }, footprintSchema)
  const store = (client: string) =>
    machine.agent().ask({ do: 'create', namespace, secret: wrote, client }, z.string().nullable())
  const none = await look()
  await store('agent')
  const ours = await look()
  await store('secret-tool')
  const both = await look()
  let shown = ''
  for await (const { in: place, bytes } of readTraces(machine.agent(), namespace))
    if (place === 'keyring') shown = Buffer.from(bytes).toString()
  await machine.agent().ask({ do: 'lookup', namespace }, z.string())
  const after = await look()
  await machine.agent().ask({ do: 'sweep', namespace }, z.null())
  const swept = await look()
  return {
    none: none?.items ?? null,
    ours: ours?.items ?? null,
    withStrangers: both?.items ?? null,
    swept: swept?.items ?? null,
    shown: shown.split(namespace).length > 2 && shown.split('"holdfast"').length > 2,
    reads: (after?.secretReads ?? 0) - (both?.secretReads ?? 0),
  }
}

const wipeItems = async (machine: Desktop, namespace: string): Promise<Readings['wipe']> => {
  const agent = machine.agent()
  const look = async () => (await agent.ask({ do: 'footprint', namespace }, footprintSchema))?.items ?? null
  const item = await agent.ask({ do: 'create', namespace, secret: wrote }, pathSchema)
  await agent.ask({ do: 'create', namespace, secret: wrote, client: 'secret-tool' }, z.null())
  const before = await look()
  await agent.ask({ do: 'wipe' }, z.number())
  return { before, after: await look(), read: await agent.ask({ do: 'secret', item }, secretSchema) }
}

/** As a vault would: a process of its own writes the file, and one more reads it after each step. */
const reachFiles = async (machine: Desktop): Promise<Readings['files']> => {
  const run = async (script: string): Promise<string> => {
    await using channel = await machine.start(['sh', '-c', `f="$HOLDFAST_DATA/probe/file"; ${script}`], {})
    return await firstLine(channel)
  }
  const read = async () => {
    const seen = await run('[ -f "$f" ] && { cat "$f"; echo; } || echo')
    return seen === '' ? null : seen
  }
  await run(`mkdir -p "$(dirname "$f")"; printf %s ${wrote} > "$f"; echo`)
  const files = vaultFiles(machine)
  await files.copy()
  await files.damage({ how: 'flip', file: 0, at: 1 })
  const damaged = await read()
  await files.damage({ how: 'remove', file: 0, at: 0 })
  const removed = await read()
  await files.putBack()
  return { wrote, damaged, removed, putBack: await read() }
}

const killOne = async (machine: Desktop): Promise<Readings['death']> => {
  await using channel = await machine.start(['sh', '-c', 'echo $$; exec cat'], {})
  const pid = Number(await firstLine(channel))
  channel.send('are you there')
  const echoed = (await firstLine(channel)) === 'are you there'
  const before = await machine.agent().ask({ do: 'alive', pid }, z.boolean())
  await channel.kill()
  const after = await machine.agent().ask({ do: 'alive', pid }, z.boolean())
  return { echoed, before, after, ended: await channel.ended }
}

const captureOne = async (machine: Desktop, file: string): Promise<Readings['output']> => {
  const script = `echo left > "$HOME/${file}"; seq ${outputLines}; seq ${outputLines} >&2`
  await using channel = await machine.start(['sh', '-c', script], {})
  let onOutput = 0
  for await (const line of channel.lines) if (line === String(onOutput + 1)) onOutput += 1
  await channel.ended
  const errors = channel.takeErrors().split('\n')
  const onErrors = errors.filter((line, index) => line === String(index + 1)).length
  const traces = await machine
    .agent()
    .ask({ do: 'traces', namespace: file }, z.array(z.looseObject({ where: z.string() })))
  return { lines: outputLines, onOutput, onErrors, fileFound: traces.some(({ where }) => where.endsWith(`/${file}`)) }
}

const restartOnce = async (
  machine: Desktop,
  namespace: string,
  read: () => Promise<Readings['presence']['read']>,
): Promise<Readings['machine']> => {
  const files = { home: `/home/holdfast/${namespace}`, run: `/run/holdfast/${namespace}` }
  for (const path of [files.home, files.run]) await machine.agent().ask({ do: 'note', path, content: wrote }, z.null())
  const refused = await addKernelKey(machine, namespace)
  await using channel = await machine.start(['cat'], {})
  const before = machine.boots.at(-1)
  await machine.restart()
  const after = machine.boots.at(-1)
  if (before === undefined || after === undefined) throw new Error('the machine was never started')
  const has = (path: string) => machine.agent().ask({ do: 'has', path }, z.boolean())
  return {
    wrote,
    kernel: [before.kernel, after.kernel],
    started: [before.started, after.started],
    ended: await channel.ended,
    homeFile: await has(files.home),
    runFile: await has(files.run),
    onDisk: await read(),
    kernelKey: { refused, kept: refused === null && (await hasKernelKey(machine, namespace)) },
  }
}

/** Puts a key into the kernel's keyring of the user. Null, or what keyctl said against it. */
const addKernelKey = async (machine: Desktop, name: string): Promise<string | null> => {
  const add = `keyctl add user ${name} probe @u >/dev/null && echo added`
  await using channel = await machine.start(['sh', '-c', `(${add}) 2>&1`], {})
  const said = await firstLine(channel)
  return said === 'added' ? null : said
}

const hasKernelKey = async (machine: Desktop, name: string): Promise<boolean> => {
  const search = `keyctl search @u user ${name} >/dev/null 2>&1 && keyctl purge user ${name} >/dev/null; echo found $?`
  await using channel = await machine.start(['sh', '-c', search], {})
  return (await firstLine(channel)) === 'found 0'
}
