import type { Control } from './controls.ts'

/** How a file can be damaged behind the vault's back. */
export type Damage = Extract<Control, { control: 'damage-file' }>

/**
 * Damages one of the files, which are counted in the order of their names: the same on every device. False where there
 * is nothing to damage.
 * @param files name to content; changed in place
 */
export function damage(files: Map<string, Uint8Array>, { how, file, at }: Omit<Damage, 'control'>): boolean {
  const names = [...files.keys()].sort()
  const name = names[file % Math.max(1, names.length)]
  const bytes = name === undefined ? undefined : files.get(name)
  if (name === undefined || bytes === undefined) return false
  const place = bytes.length === 0 ? 0 : at % bytes.length
  switch (how) {
    case 'remove':
      files.delete(name)
      return true
    case 'cut':
      files.set(name, bytes.slice(0, place))
      return bytes.length > 0
    case 'flip': {
      const flipped = new Uint8Array(bytes)
      flipped[place] = (flipped[place] ?? 0) ^ (1 << (at % 8))
      files.set(name, flipped)
      return bytes.length > 0
    }
    case 'swap': {
      const other = names[(file + 1) % names.length]
      const others = other === undefined ? undefined : files.get(other)
      if (other === undefined || others === undefined || other === name) return false
      files.set(name, others)
      files.set(other, bytes)
      return true
    }
  }
}
