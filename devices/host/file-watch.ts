import { type FSWatcher, lstatSync, readdirSync, watch } from 'node:fs'
import { join, relative } from 'node:path'
import type { OpenFile } from '../../harness/contract/device.ts'

/** Watches who may use the files of a folder, as anybody could who waits there for a file to be made. */
export interface FileWatch extends Disposable {
  /** Files that were seen since the last call, and those that others than their owner may use. */
  take(): { readonly files: number; readonly open: readonly OpenFile[] }
}

const others = 0o077

export function watchFiles(folder: string): FileWatch {
  const watchers = new Map<string, FSWatcher>()
  const files = new Set<string>()
  const born = new Map<string, OpenFile>()

  const seen = (path: string) => {
    const entry = lookAt(path)
    if (entry?.isDirectory()) enter(path)
    if (entry?.isFile() !== true) return null
    const where = relative(folder, path)
    files.add(where)
    return { where, mode: entry.mode & 0o777 }
  }
  const made = (path: string) => {
    const file = seen(path)
    if (file !== null && (file.mode & others) !== 0 && !born.has(file.where))
      born.set(file.where, { ...file, when: 'born' })
  }
  const enter = (path: string) => {
    if (watchers.has(path)) return
    const watcher = watch(path, { persistent: false }, (_, name) => {
      if (name !== null) made(join(path, name))
    })
    // The folder went away, as folders of programs do.
    watcher.on('error', () => leave(path))
    watchers.set(path, watcher)
    for (const name of namesIn(path)) made(join(path, name))
  }
  const leave = (path: string) => {
    watchers.get(path)?.close()
    watchers.delete(path)
  }
  enter(folder)
  return {
    take() {
      for (const path of watchers.keys()) if (path !== folder && lookAt(path) === null) leave(path)
      const left: OpenFile[] = []
      const walk = (path: string) => {
        for (const name of namesIn(path)) {
          const file = seen(join(path, name))
          if (file === null) walk(join(path, name))
          else if ((file.mode & others) !== 0) left.push({ ...file, when: 'left' })
        }
      }
      walk(folder)
      const open = [...left, ...[...born.values()].filter(({ where }) => !left.some((file) => file.where === where))]
      const count = files.size
      files.clear()
      born.clear()
      return { files: count, open }
    },
    [Symbol.dispose]() {
      for (const watcher of watchers.values()) watcher.close()
    },
  }
}

function lookAt(path: string) {
  try {
    return lstatSync(path)
  } catch {
    return null
  }
}
function namesIn(path: string): readonly string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}
