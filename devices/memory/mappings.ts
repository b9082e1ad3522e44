import { readFileSync } from 'node:fs'

/**
 * What a stretch of a process's memory is. `image`: a file that nobody can write to there, programs and libraries, which
 * holds what the file holds. `kernel`: shared by the kernel for its clock. Neither can hold a secret of the process.
 */
export type MappingKind = 'heap' | 'stack' | 'anonymous' | 'file' | 'image' | 'kernel'

export interface Mapping {
  readonly from: bigint
  readonly to: bigint
  readonly kind: MappingKind
  readonly path: string
}

const line = /^([0-9a-f]+)-([0-9a-f]+) (\S{4}) \S+ \S+ \S+\s*(.*)$/

/** The readable mappings of a process of this machine. */
export const mappingsOf = (pid: number): readonly Mapping[] => mappingsIn(readFileSync(`/proc/${pid}/maps`, 'utf8'))

/** Whether it can hold a secret of the process. */
export const mayHold = ({ kind }: Mapping): boolean => kind !== 'kernel' && kind !== 'image'

/** The readable mappings in the text of a /proc/PID/maps. */
export function mappingsIn(maps: string): readonly Mapping[] {
  const found: Mapping[] = []
  for (const text of maps.split('\n')) {
    const [, from, to, access, path = ''] = line.exec(text) ?? []
    if (from === undefined || to === undefined || access?.startsWith('r') !== true) continue
    found.push({ from: BigInt(`0x${from}`), to: BigInt(`0x${to}`), kind: kindOf(path, access), path })
  }
  return found
}

function kindOf(path: string, access: string): MappingKind {
  if (path === '[heap]') return 'heap'
  if (path.startsWith('[stack')) return 'stack'
  if (/^\[(vvar|vvar_vclock|vdso|vsyscall)\]$/.test(path)) return 'kernel'
  // Memory that was given a name is still nobody's file.
  if (path === '' || path.startsWith('[')) return 'anonymous'
  return access.includes('w') ? 'file' : 'image'
}

/** What the kernel does with the memory at an address. */
export interface Protection {
  /** Never swapped out. */
  readonly locked: boolean
  /** Left out of core dumps. */
  readonly undumped: boolean
}

/** From /proc/PID/smaps; null where nothing is mapped. */
export function protectionAt(pid: number, address: bigint): Protection | null {
  let inside = false
  for (const text of readFileSync(`/proc/${pid}/smaps`, 'utf8').split('\n')) {
    const [, from, to] = line.exec(text) ?? []
    if (from !== undefined && to !== undefined) inside = BigInt(`0x${from}`) <= address && address < BigInt(`0x${to}`)
    if (!inside || !text.startsWith('VmFlags:')) continue
    const flags = text.split(/\s+/)
    return { locked: flags.includes('lo'), undumped: flags.includes('dd') }
  }
  return null
}
