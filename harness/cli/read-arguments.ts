import { parseArgs } from 'node:util'
import type { Command, Flags } from './command.ts'
import { suggestion } from './nearest.ts'
import { UsageError } from './usage-error.ts'

export interface Arguments {
  readonly help: boolean
  readonly flags: Readonly<Record<string, string | boolean | readonly string[]>>
  readonly words: readonly string[]
}

/**
 * Reads what follows a command's name.
 * @throws UsageError with what was probably meant
 */
export async function readArguments(command: Command, args: readonly string[]): Promise<Arguments> {
  const known: Flags = { ...command.flags, help: { short: 'h', help: '' } }
  const options = Object.fromEntries(
    Object.entries(known).map(([name, { value, short }]) => [
      name,
      {
        type: value === undefined ? ('boolean' as const) : ('string' as const),
        ...(short === undefined ? {} : { short }),
      },
    ]),
  )
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true })
  const flags: Record<string, string | boolean | readonly string[]> = {}
  const words: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value)
    if (token.kind !== 'option') continue
    const { name, rawName, value } = token
    const flag = Object.hasOwn(known, name) ? known[name] : undefined
    if (flag === undefined) throw await unknownFlag(command, rawName, Object.keys(known))
    if (flag.value === undefined) {
      if (value !== undefined) throw new UsageError(`${rawName} takes no value, and was given "${value}".`)
      flags[name] = true
      continue
    }
    if (value === undefined || value === '' || (!token.inlineValue && value.startsWith('--'))) {
      throw new UsageError(`${rawName} needs a value: ${rawName} ${flag.value}.`)
    }
    const before = flags[name]
    if (flag.many) flags[name] = [...(Array.isArray(before) ? before : []), value]
    else if (before === undefined) flags[name] = value
    else throw new UsageError(`${rawName} was given twice, as "${String(before)}" and "${value}": give it once.`)
  }
  const help = flags.help === true
  if (!help) checkWords(command, words)
  return { help, flags, words }
}

async function unknownFlag(command: Command, rawName: string, known: readonly string[]): Promise<UsageError> {
  const names = known.map((name) => `--${name}`)
  const hint = await suggestion(rawName, names, `holdfast ${command.name} --help lists them.`)
  return new UsageError(`holdfast ${command.name} has no flag ${rawName}; ${hint}`)
}

function checkWords(command: Command, words: readonly string[]): void {
  const missing = command.words[words.length]
  if (missing !== undefined && !missing.startsWith('[')) {
    throw new UsageError(
      `holdfast ${command.name} needs ${missing}: holdfast ${[command.name, ...command.words].join(' ')}.`,
    )
  }
  const extra = words[command.words.length]
  if (extra === undefined) return
  const hint = 'vault' in command.flags ? 'a vault is given by --vault, in quotes where it has blanks' : 'remove it'
  throw new UsageError(`holdfast ${command.name} does not know what to do with "${extra}": ${hint}.`)
}
