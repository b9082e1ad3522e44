import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { debianBase, mmdebstrapCommand } from './debian-base.ts'
import { type Engine, hasImage } from './engine.ts'

/** Where the image's files are: Dockerfile, package list and the agent. */
export const imageFolder = join(import.meta.dirname, 'image')
/** Debian's own image, where a registry gives it. */
const registryBase = 'debian:bookworm-slim'

/** The image could not be made: neither from a registry's base nor from one made here. */
export class NoImage extends Error {
  override readonly name = 'NoImage'
}

/** Who keeps the secrets behind the Secret Service. Each has an image of its own, with `image/packages-NAME` in it. */
export const providers = ['gnome-keyring', 'keepassxc'] as const
export type Provider = (typeof providers)[number]

/** A short content hash: the same inputs, the same image. */
export const contentHash = (inputs: readonly (readonly [name: string, content: string])[]): string => {
  const hash = createHash('sha256')
  for (const [name, content] of inputs) hash.update(`${name}\0${content.length}\0${content}`)
  return hash.digest('hex').slice(0, 12)
}

const readInputs = async (provider: Provider): Promise<[string, string][]> => {
  const ours = (name: string) => /^(Dockerfile|packages|.+\.py)$/.test(name) || name === `packages-${provider}`
  const names = (await readdir(imageFolder)).filter(ours).sort()
  return Promise.all(names.map(async (name) => [name, await readFile(join(imageFolder, name), 'utf8')]))
}

/** The tag of an image: the same inputs and the same provider, the same tag on every machine. */
const tagOf = (inputs: readonly (readonly [string, string])[], provider: Provider, ...more: [string, string][]) =>
  `holdfast-linux:${contentHash([...inputs, ['provider', provider], ...more])}`

/** The name that a provider's image has on every machine with these inputs. */
export const linuxImageName = async (provider: Provider): Promise<string> => tagOf(await readInputs(provider), provider)

/** The packages that the image needs, in the order in which the base is made with them. */
const packagesIn = (inputs: readonly (readonly [string, string])[]): readonly string[] =>
  inputs.filter(([name]) => name.startsWith('packages')).flatMap(([, content]) => content.split('\n').filter(Boolean))

const progressSchema = z.object({ stream: z.string().optional(), error: z.string().optional() })

/** Reads an engine's progress lines to their end. Throws what the engine says went wrong. */
const follow = async (answer: NodeJS.ReadableStream, onLine: (line: string) => void): Promise<void> => {
  let rest = ''
  for await (const chunk of answer) {
    const lines = (rest + String(chunk)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines.filter((text) => text.trim() !== '')) {
      const { stream, error } = progressSchema.parse(JSON.parse(line))
      if (error !== undefined) throw new Error(error)
      if (stream?.trim()) onLine(stream.trim())
    }
  }
}

/** `offline`: the base has all packages, or might. The build then needs no network of the engine's. */
const build = async (
  engine: Engine,
  {
    name,
    base,
    provider,
    offline,
  }: { readonly name: string; readonly base: string; readonly provider: Provider; readonly offline: boolean },
  files: readonly string[],
  onProgress: OnProgress,
) => {
  onProgress(`building ${name} from ${base}`)
  const answer = await engine.buildImage(
    { context: imageFolder, src: [...files] },
    {
      t: name,
      buildargs: { BASE: base, PROVIDER: provider },
      labels: { 'holdfast.image': 'linux' },
      rm: true,
      forcerm: true,
      ...(offline ? { networkmode: 'none' } : {}),
    },
  )
  await follow(answer, (line) => line.startsWith('Step') && onProgress(`building ${name}: ${line.slice(0, 100)}`))
}

export type OnProgress = (step: string) => void

/** The engine's id of an image, pulled where it is not there yet. */
const pulledId = async (engine: Engine, image: string, onProgress: OnProgress): Promise<string> => {
  try {
    if (!(await hasImage(engine, image))) {
      onProgress(`pulling ${image}`)
      await follow(await engine.pull(image), () => {})
    }
    return (await engine.getImage(image).inspect()).Id
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.trim() : String(cause)
    throw new NoImage(`The image '${image}' is not on this machine and cannot be pulled: ${why}`, { cause })
  }
}

/**
 * Adds what the device needs to an image of somebody's own, which must be a Debian or one of its children. Built once
 * for each content of that image.
 * @throws NoImage
 */
export const linuxImageFrom = async (
  engine: Engine,
  base: string,
  provider: Provider,
  onProgress: OnProgress = () => {},
): Promise<string> => {
  const id = await pulledId(engine, base, onProgress)
  const inputs = await readInputs(provider)
  const name = tagOf(inputs, provider, ['base', id])
  if (await hasImage(engine, name)) return name
  try {
    const files = inputs.map(([file]) => file)
    await build(engine, { name, base, provider, offline: true }, files, onProgress).catch(() =>
      build(engine, { name, base, provider, offline: false }, files, onProgress),
    )
    return name
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.trim() : String(cause)
    throw new NoImage(`The device's keyring and agent cannot be added to '${base}' (is it a Debian?): ${why}`, {
      cause,
    })
  }
}

/**
 * Makes sure that the image is there, and gives its name. Built once for these inputs: from the registry's Debian
 * where one answers, else from a base made on this machine by mmdebstrap.
 * @throws NoImage with what each way said
 */
export const linuxImage = async (
  engine: Engine,
  provider: Provider,
  onProgress: OnProgress = () => {},
): Promise<string> => {
  const inputs = await readInputs(provider)
  const name = tagOf(inputs, provider)
  if (await hasImage(engine, name)) return name

  const packages = packagesIn(inputs)
  const own = { repo: 'holdfast-base', tag: contentHash([['command', mmdebstrapCommand(packages).join(' ')]]) }
  const fromRegistry = async () => {
    if (await hasImage(engine, registryBase)) return registryBase
    onProgress(`pulling ${registryBase}`)
    await follow(await engine.pull(registryBase), () => {})
    return registryBase
  }
  const fromHere = async () => {
    const base = `${own.repo}:${own.tag}`
    if (!(await hasImage(engine, base))) await debianBase(engine, own, packages, onProgress)
    return base
  }
  const ways = (await hasImage(engine, `${own.repo}:${own.tag}`)) ? [fromHere] : [fromRegistry, fromHere]
  const refusals: unknown[] = []
  for (const way of ways) {
    try {
      const files = inputs.map(([file]) => file)
      await build(engine, { name, base: await way(), provider, offline: way === fromHere }, files, onProgress)
      return name
    } catch (error) {
      refusals.push(error)
      onProgress(`that did not work: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const said = refusals.map((error) => (error instanceof Error ? error.message : String(error))).join('\n  ')
  throw new NoImage(`The image for linux-container cannot be made:\n  ${said}`, { cause: refusals })
}
