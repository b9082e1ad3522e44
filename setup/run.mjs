// Runs on whatever Node is there, with nothing installed: only Node's own modules may be imported, also further down.
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [command = '', ...args] = process.argv.slice(2)
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

/** @returns {Promise<number>} The exit code. */
const run = async () => {
  const { runChild } = await import('../bin/child.mjs')
  const { pinnedNode } = await import('./dependencies.mjs')
  const { prepare, runShown } = await import('./prepare.mjs')
  const node = pinnedNode(root)
  const env = { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}` }

  /** A command of proof/. @param {string} folder */
  const proof = (folder) => ({
    needs: null,
    run: () => runChild(node, [join(root, 'proof', folder, 'main.ts'), ...args], { env }),
  })
  /** @type {Readonly<Record<string, { readonly needs: 'start' | 'test' | null, readonly run: () => Promise<number> }>>} */
  const commands = {
    start: {
      needs: 'start',
      run: () => runChild(node, [join(root, 'bin/holdfast.mjs'), 'start', ...args], { env }),
    },
    test: { needs: 'test', run: async () => (await import('./tests.mjs')).runTests(root, node, args, env) },
    bench: { needs: null, run: () => runChild(node, [join(root, 'bench/main.ts'), ...args], { env }) },
    'kill-matrix': proof('kills'),
    'no-alarms': proof('alarms'),
    leniency: proof('leniency'),
    mutants: proof('mutants'),
    persistence: proof('persistence'),
    build: { needs: null, run: async () => (await import('./build.mjs')).build(root, node) },
  }
  if (command === 'stop-engine') {
    const { stopEngine } = await import('./engine.mjs')
    await stopEngine(join(root, '.cache'), (line) => runShown(line, process.env, root))
    return 0
  }
  const chosen = commands[command]
  if (chosen === undefined) {
    process.stderr.write(
      `set-up: unknown command "${command}"; there are ${Object.keys(commands).join(', ')}, stop-engine\n`,
    )
    return 2
  }
  const wrong = await prepare(root, chosen.needs)
  if (wrong === null) return chosen.run()
  process.stderr.write(`${wrong}\n`)
  return 3
}

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `Holdfast needs Node 20.19 or newer to set itself up, and this is ${process.version}: install a newer one (nodejs.org).\n`,
  )
  process.exitCode = 2
} else {
  process.exitCode = await run()
}
