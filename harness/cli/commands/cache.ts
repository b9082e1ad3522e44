import { type Command, command } from '../command.ts'

const mebibyte = 1024 * 1024

/** `holdfast cache`: what virtual machines keep on this machine, or its removal. */
export const cache: Command = command({
  name: 'cache',
  summary: 'Shows what virtual machines keep on this machine between runs, or removes it.',
  words: [],
  flags: { clear: { help: 'remove it all; the next run makes the image anew, in a minute or two' } },
  notes: ['Images of containers are kept by the container engine, which shows and removes them itself.'],
  async run({ clear = false }, _words, shell) {
    const { cacheFolder, clearCache, listCache } = await import('../../../devices/vm/cache-folder.ts')
    const { isUnderWay } = await import('../../../devices/vm/run-folder.ts')
    const folder = cacheFolder(shell.env)
    const kept = await listCache(folder)
    const total = `${Math.round(kept.reduce((sum, { bytes }) => sum + bytes, 0) / mebibyte)} MiB`
    if (kept.length === 0) {
      shell.stdout.write(`Nothing is kept in ${folder}.\n`)
      return 0
    }
    if (!clear) {
      for (const { name, bytes } of kept)
        shell.stdout.write(`${`${Math.round(bytes / mebibyte)} MiB`.padStart(9)}  ${name}\n`)
      shell.stdout.write(`${total} in ${folder}; holdfast cache --clear removes it.\n`)
      return 0
    }
    const used = kept.find(({ name }) => isUnderWay(name))
    if (used !== undefined) {
      shell.stderr.write(`holdfast: a virtual machine runs from there (${used.name}): wait for its end, then clear.\n`)
      return 3
    }
    await clearCache(folder)
    shell.stdout.write(`${total} removed from ${folder}.\n`)
    return 0
  },
})
