import { z } from 'zod'
import { firstLine } from './first-line.ts'
import type { Readings } from './readings.ts'
import type { Desktop } from './take-readings.ts'

/** Whether a process could make a file in the home while that was read-only, and afterwards. */
export const protectHome = async (machine: Desktop): Promise<Readings['home']> => {
  const writes = async (): Promise<boolean> => {
    const script = 'f="$HOLDFAST_DATA/holdfast-probe"; (: > "$f") 2>/dev/null && rm "$f" && echo made || echo refused'
    await using channel = await machine.start(['sh', '-c', script], {})
    return (await firstLine(channel)) === 'made'
  }
  await machine.agent().ask({ do: 'protect_home', on: true }, z.null())
  const whileProtected = await writes()
  await machine.agent().ask({ do: 'protect_home', on: false }, z.null())
  return { whileProtected, afterwards: await writes() }
}

/** What a process that wrote into the home was told while there was no room, and afterwards. */
export const fillDisk = async (machine: Desktop): Promise<Readings['disk']> => {
  if (machine.ownDisk !== true) throw new Error("the disk of this container is the machine's too")
  const write = async (): Promise<string | null> => {
    const script =
      'f="$HOME/holdfast-probe"; e=$(head -c 65536 /dev/zero 2>&1 >"$f" && sync "$f"); rm -f "$f"; echo "$e"'
    await using channel = await machine.start(['sh', '-c', script], { LC_ALL: 'C' })
    const said = await firstLine(channel)
    return said === '' ? null : said
  }
  await machine.agent().ask({ do: 'fill_disk', on: true }, z.null())
  const whileFull = await write()
  await machine.agent().ask({ do: 'fill_disk', on: false }, z.null())
  return { whileFull, afterwards: await write() }
}
