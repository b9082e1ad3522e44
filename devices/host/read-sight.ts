import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { marker, seePlanted } from '../memory/planted.ts'
import { openChildChannel } from './child-channel.ts'
import { watchFiles } from './file-watch.ts'
import { watchProcesses } from './process-watch.ts'
import type { SightReadings } from './readings.ts'
import { sightOf } from './sight.ts'

/** Milliseconds for which a child of our probe, and a file with a wrong mode, are there to be seen. */
const thereMs = 100

/** A process that does to its memory, its files and its children what a vault should not. */
const script = `
  const { writeFileSync, chmodSync } = require('node:fs')
  const { spawn } = require('node:child_process')
  const { once } = require('node:events')
  const marker = ${marker.toString()}
  const file = (name) => require('node:path').join(process.argv[1], name)
  globalThis.held = Buffer.from(marker(1))
  writeFileSync(file('by-umask'), '')
  writeFileSync(file('own'), '', { mode: 0o600 })
  writeFileSync(file('late'), '', { mode: 0o644 })
  const env = { ...process.env, HOLDFAST_PROBE: marker(2) }
  const child = spawn('/bin/sh', ['-c', 'sleep ${thereMs / 1000}; true', marker(3)], { env, stdio: 'ignore' })
  once(child, 'exit').then(() => {
    chmodSync(file('late'), 0o600)
    console.log('ready')
    process.stdin.resume()
  })`

/** Our own eyes, tried on a process of ours. */
export async function readSight(): Promise<SightReadings | { readonly none: string }> {
  if (process.platform !== 'linux')
    return { none: 'processes and their memory are looked at by /proc, which is of Linux' }
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-sight-'))
  try {
    using processes = watchProcesses()
    using files = watchFiles(folder)
    const sight = sightOf(processes, files)
    await using child = await openChildChannel([process.execPath, '-e', script, folder], { environment: process.env })
    processes.add(child.pid ?? 0)
    for await (const line of child.lines) if (line === 'ready') break
    const modes = files.take()
    const when = (name: string) => modes.open.find(({ where }) => where === name)?.when ?? null
    const { processes: told, memory } = await seePlanted(sight)
    return {
      files: { count: modes.files, byUmask: when('by-umask'), own: when('own'), late: when('late') },
      processes: told,
      memory: { ...memory, bytes: memory.bytes ?? 0 },
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
