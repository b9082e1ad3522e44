import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { runChild } from './child.mjs'

/** Where npm put the Node that Holdfast depends on; null where it is not there. @returns {string | null} */
const pinnedNode = () => {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'))
    const program = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
    return existsSync(program) ? program : null
  } catch {
    return null
  }
}

/**
 * Runs a script under the Node that Holdfast depends on, because the one that runs now is older.
 * @param {string} script @param {readonly string[]} args
 */
export const runUnderPinnedNode = async (script, args) => {
  const program = pinnedNode()
  if (program === null) {
    process.stderr.write(
      `holdfast: needs Node 24 and this is ${process.version}; the copy that it brings, the npm package "node", is not ` +
        'there because its install script was not run. Use Node 24, or allow it: `npm rebuild node ' +
        '--ignore-scripts=false` (with npm 12 first `npm install-scripts approve node`).\n',
    )
    process.exitCode = 2
    return
  }
  process.exitCode = await runChild(program, [script, ...args])
}
