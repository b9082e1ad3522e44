import { UsageError } from './usage-error.ts'

/** Ways to reach a vault, with how each is written and the device it runs on where none is named. */
export const specKinds = {
  module: { form: 'module:./file.ts', device: 'model' },
  stdio: { form: 'stdio:command args', device: 'host' },
  webview: { form: 'webview:./file.ts', device: 'appium-virtual-android' },
  dial: { form: 'dial:./file.ts', device: 'appium-virtual-ios' },
  container: { form: 'container:image command', device: 'linux-container' },
} as const
export type SpecKind = keyof typeof specKinds

export const specForms = Object.values(specKinds)
  .map(({ form }) => form)
  .join(', ')

/** Which way a SPEC is; null where it is a plain name. */
export function specKind(spec: string): SpecKind | null {
  const kind = spec.split(':', 1)[0] ?? ''
  return spec.includes(':') && Object.hasOwn(specKinds, kind) ? (kind as SpecKind) : null
}

/**
 * A short name for a vault that no configuration names: its file's, command's or image's.
 * @throws UsageError where nothing follows the colon
 */
export function nameOfSpec(spec: string): string {
  const kind = specKind(spec)
  const rest = spec.slice(spec.indexOf(':') + 1).trim()
  if (kind === null || rest === '') {
    throw new UsageError(
      `The vault "${spec}" says nothing after its colon: write ${kind === null ? specForms : specKinds[kind].form}.`,
    )
  }
  const words = kind === 'module' ? [rest] : rest.split(/\s+/)
  // Of a command the script says more than the interpreter.
  const told = (kind === 'stdio' ? words.find((word) => /\.\w+$/.test(word)) : undefined) ?? words[0] ?? ''
  const parts = told.split(/[/\\]/).filter((part) => !['', '.', '..'].includes(part))
  const file = parts.at(-1) ?? ''
  // A file that is called as half of all files are says less than its folder.
  const last = /^(index|main|module|adapter|vault)\.\w+$/.test(file) ? (parts.at(-2) ?? file) : file
  const bare = kind === 'container' ? last.replace(/[:@].*$/, '') : last.replace(/(\.test|\.adapter)?\.\w+$/, '')
  return bare.replace(/[^\p{L}\p{N}._-]/gu, '-') || kind
}
