#!/usr/bin/env node
import { existsSync } from 'node:fs'
import module from 'node:module'
import { fileURLToPath } from 'node:url'

// In a clone the source runs as it is; in a package, where Node strips no types, what was compiled from it.
const source = new URL('../harness/cli/main.ts', import.meta.url)
const fromSource = existsSync(source)
const main = fromSource ? source : new URL('../dist/harness/cli/main.js', import.meta.url)

if (fromSource && !existsSync(new URL('../node_modules/.package-lock.json', import.meta.url))) {
  process.stderr.write('holdfast: its dependencies are not installed in this clone: run `npm start` there once.\n')
  process.exitCode = 2
} else if (Number.parseInt(process.versions.node, 10) >= 24) {
  // Stripping types and compiling is most of what a short command costs.
  module.enableCompileCache?.(fromSource ? fileURLToPath(new URL('../.cache/compiled', import.meta.url)) : undefined)
  await import(main.href)
} else {
  const { runUnderPinnedNode } = await import('./pinned-node.mjs')
  await runUnderPinnedNode(import.meta.filename, process.argv.slice(2))
}
