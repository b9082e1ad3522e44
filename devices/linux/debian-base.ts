import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Engine } from './engine.ts'

/** The base image could not be made on this machine. */
export class NoBase extends Error {
  override readonly name = 'NoBase'
}

const unneeded = ['/usr/share/man/*', '/usr/share/doc/*', '/usr/share/locale/*', '/usr/share/info/*']

/** The command that writes a Debian root file system as a tar to its standard output. Also what the base's hash covers. */
export const mmdebstrapCommand = (packages: readonly string[]): readonly string[] => [
  'mmdebstrap',
  '--variant=minbase',
  '--format=tar',
  '--dpkgopt=force-unsafe-io',
  `--include=${packages.join(',')}`,
  ...unneeded.map((path) => `--dpkgopt=path-exclude=${path}`),
  'bookworm',
  '-',
]

/**
 * Makes a Debian base where no image registry answers, and imports it under `name` (repository and tag). Takes a
 * minute or two. Nothing under that name is there unless all of it is.
 * @throws NoBase
 */
export const debianBase = async (
  engine: Engine,
  name: { readonly repo: string; readonly tag: string },
  packages: readonly string[],
  onProgress: (step: string) => void,
): Promise<void> => {
  const [program = '', ...args] = mmdebstrapCommand(packages)
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const said: string[] = []
  createInterface(child.stderr).on('line', (line) => {
    said.push(line)
    if (said.length > 20) said.shift()
    if (line.startsWith('I: ')) onProgress(`making a Debian base: ${line.slice(3)}`)
  })
  const exited = new Promise<number | null>((resolve, reject) => {
    child.on('close', resolve)
    child.on('error', (cause) =>
      reject(new NoBase(`mmdebstrap cannot be run (${cause.message}): install it`, { cause })),
    )
  })
  const partial = { repo: name.repo, tag: `partial-${process.pid}` }
  const imported = (async () => {
    const answer = await engine.importImage(child.stdout, partial)
    for await (const _ of answer) {
      // The engine is done when its answer ends.
    }
  })()
  const [code] = await Promise.all([exited, imported.catch(() => undefined)])
  try {
    if (code !== 0) throw new NoBase(`mmdebstrap ended with ${code}:\n${said.join('\n')}`)
    await imported
    await engine.getImage(`${partial.repo}:${partial.tag}`).tag(name)
  } finally {
    await engine
      .getImage(`${partial.repo}:${partial.tag}`)
      .remove()
      .catch(() => undefined)
  }
}
