import { spawn } from 'node:child_process'
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { contentHash } from '../linux/image.ts'

/** What is put into the image, and the scripts that serve the harness in the machine. */
export const vmImageFolder = join(import.meta.dirname, 'image')
const unneeded = ['/usr/share/man/*', '/usr/share/doc/*', '/usr/share/locale/*', '/usr/share/info/*']

/** The image could not be made on this machine. */
export class NoVmImage extends Error {
  override readonly name = 'NoVmImage'
}

/** What QEMU starts from. The disk is never written: each run has an overlay of its own. */
export interface VmImage {
  readonly kernel: string
  readonly initramfs: string
  readonly disk: string
  /** The version of the kernel's package. */
  readonly kernelVersion: string
}

/** The command that makes a Debian and has it baked. Also what the image's hash covers. */
export const bakeCommand = (packages: readonly string[]): readonly string[] => [
  'mmdebstrap',
  '--variant=minbase',
  '--format=null',
  '--dpkgopt=force-unsafe-io',
  `--include=${packages.join(',')}`,
  ...unneeded.map((path) => `--dpkgopt=path-exclude=${path}`),
  '--customize-hook="$HOLDFAST_BAKE" "$1"',
  'bookworm',
]

/** What the image is made from. Scripts of Python are no part of it: the machine sees their folders as they are. */
const readInputs = async (): Promise<[string, string][]> => {
  const names = (await readdir(vmImageFolder))
    .filter((name) => !/^(?!unpack_kernel).*\.py$|^__pycache__$/.test(name))
    .sort()
  return Promise.all(names.map(async (name) => [name, await readFile(join(vmImageFolder, name), 'utf8')]))
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

const bake = async (command: readonly string[], out: string, onProgress: (step: string) => void): Promise<void> => {
  const [program = '', ...args] = command
  const env = { ...process.env, HOLDFAST_BAKE: join(vmImageFolder, 'bake'), HOLDFAST_OUT: out }
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env })
  const said: string[] = []
  createInterface(child.stderr).on('line', (line) => {
    said.push(line)
    if (said.length > 20) said.shift()
    if (line.startsWith('I: ')) onProgress(`making the virtual machine's disk: ${line.slice(3)}`)
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('close', resolve)
    child.on('error', (cause) =>
      reject(new NoVmImage(`mmdebstrap cannot be run (${cause.message}): install it`, { cause })),
    )
  })
  if (code !== 0)
    throw new NoVmImage(`The virtual machine's disk cannot be made, mmdebstrap ended with ${code}:\n${said.join('\n')}`)
}

/** Where the image of these inputs is, and the command that makes it. */
export const placeOf = async (cache: string) => {
  const inputs = await readInputs()
  const packages = (inputs.find(([name]) => name === 'packages')?.[1] ?? '').split('\n').filter(Boolean)
  const command = bakeCommand(packages)
  return { place: join(cache, `image-${contentHash([...inputs, ['command', command.join(' ')]])}`), command }
}

/**
 * Makes sure that the image is there: made from Debian's packages, once for these inputs, which takes a minute or two.
 * Nothing is under its name unless all of it is.
 * @param cache the folder that keeps it
 * @throws NoVmImage
 */
export const vmImage = async (cache: string, onProgress: (step: string) => void = () => {}): Promise<VmImage> => {
  const { place, command } = await placeOf(cache)
  if (!(await isThere(place))) {
    await mkdir(cache, { recursive: true })
    const partial = await mkdtemp(join(cache, 'partial-'))
    try {
      await bake(command, partial, onProgress)
      // Another process may have been quicker: its image is the same.
      await rename(partial, place).catch(async (error: unknown) => {
        if (!(await isThere(place))) throw error
      })
    } finally {
      await rm(partial, { recursive: true, force: true })
    }
  }
  return {
    kernel: join(place, 'vmlinux'),
    initramfs: join(place, 'initramfs'),
    disk: join(place, 'disk'),
    kernelVersion: (await readFile(join(place, 'kernel-version'), 'utf8')).trim(),
  }
}
