import { commands } from './commands.ts'
import type { Shell } from './shell.ts'

/** Errors whose message is a sentence for the person who started the run: the exit code each means. */
const plainErrors: Readonly<Record<string, number>> = {
  UsageError: 2,
  BaselineError: 2,
  TokenError: 2,
  WrongDevice: 2,
  StreamError: 3,
  AdapterFault: 3,
  RestoreFault: 3,
  DeviceFault: 3,
  PhoneUnavailable: 3,
  // What a device lacks here.
  HostRefusal: 3,
  NoEngine: 3,
  NoImage: 3,
  NoBase: 3,
  BadMount: 3,
}

/**
 * The command line. Loads only what the command needs.
 * @param args what follows `holdfast`
 * @returns the exit code
 */
export async function holdfast(args: readonly string[], shell: Shell): Promise<number> {
  try {
    return await dispatch(args, shell)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const exit = error instanceof Error ? plainErrors[error.name] : undefined
    if (exit !== undefined) {
      shell.stderr.write(`holdfast: ${message}\n`)
      return exit
    }
    shell.stderr.write(`holdfast: a fault of Holdfast itself, please report it: ${message}\n`)
    if (args.includes('--verbose') && error instanceof Error) shell.stderr.write(`${error.stack}\n`)
    return 3
  }
}

async function dispatch(args: readonly string[], shell: Shell): Promise<number> {
  const [name, ...rest] = args
  const shown = commands.filter(({ internal }) => internal === undefined)
  if (name === '--version' || name === '-v') {
    const { version } = await import('./version.ts')
    shell.stdout.write(`${version()}\n`)
    return 0
  }
  const asked = name === '--help' || name === '-h' || name === 'help'
  if (name === undefined || (asked && rest.length === 0)) {
    const { mainHelp } = await import('./help.ts')
    const out = asked ? shell.stdout : shell.stderr
    out.write(mainHelp(shown))
    // Started with nothing to do, it did nothing: no pipeline may take that for a pass.
    return asked ? 0 : 2
  }
  const wanted = asked ? (rest[0] ?? '') : name
  const entry = commands.find((one) => one.name === wanted)
  if (entry === undefined) throw await unknownCommand(wanted, shown)
  const command = await entry.load()
  const { readArguments } = await import('./read-arguments.ts')
  const { help, flags, words } = await readArguments(command, asked ? ['--help'] : rest)
  if (help) {
    const { commandHelp } = await import('./help.ts')
    shell.stdout.write(commandHelp(command, Math.min(110, Math.max(60, shell.stdout.columns ?? 100))))
    return 0
  }
  return command.run(flags, words, shell)
}

async function unknownCommand(wanted: string, shown: readonly { readonly name: string }[]): Promise<Error> {
  const { UsageError } = await import('./usage-error.ts')
  const { suggestion } = await import('./nearest.ts')
  const flag = wanted.startsWith('-')
  const known = flag ? ['--help', '--version'] : shown.map(({ name }) => name)
  const hint = await suggestion(wanted, known, 'holdfast --help lists the commands.')
  return new UsageError(`There is no ${flag ? 'flag' : 'command'} ${wanted} of holdfast; ${hint}`)
}
