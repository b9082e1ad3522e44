import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { runChild } from '../bin/child.mjs'

/** The folders whose files are part of the package. */
const folders = ['harness', 'reference', 'devices', 'fixtures', 'reports']

/** Whether a file is needed at run time and is not compiled. What is JavaScript in the source is for pages of apps. @param {string} name */
export const isAsset = (name) =>
  !/\.(ts|mts|mjs|md|tmp)$/.test(name) && !/\.test\.|__snapshots__|__pycache__/.test(name)

/**
 * Files that code starts by their address keep their source's ending, which the compiler does not touch.
 * @param {string} code
 */
export const pointToCompiled = (code) =>
  code.replace(/(new URL\(\s*['"]\.{1,2}\/[^'"]+)\.ts(['"],\s*import\.meta\.url\s*\))/g, '$1.js$2')

/**
 * The same for the package of a driver, whose `main` another program loads.
 * @param {string} manifest
 */
export const mainCompiled = (manifest) => manifest.replace(/("main": "[^"]+)\.ts"/, '$1.js"')

/** @param {string} folder @returns {readonly string[]} Paths of all files below it. */
const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

/**
 * Compiles the project to dist/, with its assets beside the code that reads them.
 * @param {string} root @param {string} node
 * @returns {Promise<number>} The compiler's exit code.
 */
export const build = async (root, node) => {
  const dist = join(root, 'dist')
  rmSync(dist, { recursive: true, force: true })
  // Its words go to standard error: `npm pack --json` runs this and must print JSON alone.
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const code = await runChild(node, [compiler, '-p', join(root, 'tsconfig.build.json')], {
    cwd: root,
    stdio: ['ignore', process.stderr, 'inherit'],
  })
  if (code !== 0) return code
  for (const file of filesBelow(dist).filter((file) => file.endsWith('.js'))) {
    const before = readFileSync(file, 'utf8')
    const after = pointToCompiled(before)
    if (after !== before) writeFileSync(file, after)
  }
  const present = folders.map((folder) => join(root, folder)).filter((folder) => existsSync(folder))
  for (const file of present.flatMap(filesBelow).filter(isAsset)) {
    const to = join(dist, relative(root, file))
    cpSync(file, to)
    if (basename(file) === 'package.json') writeFileSync(to, mainCompiled(readFileSync(file, 'utf8')))
  }
  // Code that reads the version finds it as far up as in the source.
  const { name, version, type } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  writeFileSync(join(dist, 'package.json'), `${JSON.stringify({ name, version, type }, null, 2)}\n`)
  return 0
}
