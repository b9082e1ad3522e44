import { parse as parseToml, TomlError } from 'smol-toml'
import { z } from 'zod'
import { type Capability, capabilitySchema } from './capability.ts'

/** What is wrong with a capability file, in one sentence that says where. */
export class CapabilityFileError extends Error {
  override readonly name = 'CapabilityFileError'
}

/** No file of capabilities that people write is longer, in bytes of UTF-8. */
const longest = 1024 * 1024
const several = z.strictObject({ $schema: z.string().optional(), capabilities: z.array(capabilitySchema) })

/**
 * The capabilities of a file as Tauri v2 reads it: one, a list, or an object with a list, in JSON or TOML by the ending of its
 * name. Throws a CapabilityFileError.
 */
export function readCapabilityFile(name: string, text: string): readonly Capability[] {
  if (Buffer.byteLength(text) > longest)
    throw new CapabilityFileError(`${name}: longer than ${longest} bytes, which no capability file is.`)
  const value = parsed(name, text)
  const schema = Array.isArray(value) ? z.array(capabilitySchema) : 'capabilities' in value ? several : capabilitySchema
  const read = schema.safeParse(value)
  if (!read.success) {
    const [issue] = read.error.issues
    const where = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`
    throw new CapabilityFileError(`${name}: no capability of Tauri v2${where}: ${issue?.message ?? 'unreadable'}.`)
  }
  if (Array.isArray(read.data)) return read.data
  return 'permissions' in read.data ? [read.data as Capability] : (read.data.capabilities as readonly Capability[])
}

function parsed(name: string, text: string): object {
  try {
    const value: unknown = name.endsWith('.toml') ? parseToml(text) : JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof TomlError)) throw error
    throw new CapabilityFileError(`${name}: neither JSON nor TOML: ${error.message.split('\n')[0]}.`)
  }
  throw new CapabilityFileError(`${name}: no capability of Tauri v2: it holds no object and no list.`)
}
