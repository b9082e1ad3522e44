import { type Command, command } from '../command.ts'

/** `holdfast capabilities lint PATH`: what capability files of a Tauri app grant that is wider than it looks. */
export const capabilities: Command = command({
  name: 'capabilities',
  summary: 'Reads the capability files of a Tauri app, and tells grants that are too wide, or for nobody.',
  words: ['lint', 'PATH'],
  flags: {},
  notes: [
    'PATH is one file, or the folder src-tauri: then its capabilities and its tauri.conf.json are read.',
    'Exit code 0: nothing to tell; 1: there is; 2: a file is missing or no capability file.',
  ],
  async run(_given, [what, path = ''], shell) {
    const { UsageError } = await import('../usage-error.ts')
    if (what !== 'lint')
      throw new UsageError(`holdfast capabilities does not know "${what}": holdfast capabilities lint PATH.`)
    const { existsSync, globSync, readFileSync, statSync } = await import('node:fs')
    const { join, resolve } = await import('node:path')
    const { CapabilityFileError, readCapabilityFile } = await import(
      '../../../reference/capabilities/capability-file.ts'
    )
    const { lintCapability, lintConfiguration } = await import('../../../reference/capabilities/lint.ts')
    const full = resolve(shell.cwd, path)
    if (!existsSync(full)) throw new UsageError(`${path}: there is no such file or folder.`)
    const folder = statSync(full).isDirectory()
    const files = folder ? globSync('capabilities/**/*.{json,toml}', { cwd: full }).toSorted() : ['']
    if (files.length === 0)
      throw new UsageError(`${path}: no capabilities/*.json or *.toml is in it: name src-tauri, or one file.`)

    const read = (file: string) => {
      const shown = file === '' ? path : join(path, file)
      try {
        return readCapabilityFile(shown, readFileSync(join(full, file), 'utf8')).map((capability) => ({
          shown,
          capability,
        }))
      } catch (error) {
        if (error instanceof CapabilityFileError) throw new UsageError(error.message, { cause: error })
        throw error
      }
    }
    const all = files.flatMap(read)
    const config = join(full, 'tauri.conf.json')
    const found = all.flatMap(({ shown, capability }) =>
      lintCapability(capability).map(({ where, rule, told }) => `${shown}: ${where}: ${rule}: ${told}`),
    )
    if (folder && existsSync(config)) {
      const told = lintConfiguration(join(path, 'tauri.conf.json'), parsed(readFileSync(config, 'utf8')))
      found.push(...told.map(({ where, rule, told }) => `${where}: ${rule}: ${told}`))
    }
    const counted = `${all.length} ${all.length === 1 ? 'capability' : 'capabilities'} read, ${found.length} to look at.`
    shell.stdout.write([...found, counted, ''].join('\n'))
    return found.length === 0 ? 0 : 1
  },
})

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Tauri reads JSON5 there too, where that is built in: what cannot be read is not judged.
    return null
  }
}
