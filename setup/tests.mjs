import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runChild } from '../bin/child.mjs'

/**
 * What is read here of the JSON that vitest writes.
 * @typedef {object} TestResults
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {readonly { status: string, assertionResults: readonly { status: string }[] }[]} testResults
 */

/**
 * How many tests there were. A file that broke before its first test counts as one failure.
 * @param {TestResults} results
 */
export const countTests = (results) => {
  const broken = results.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + broken.length,
    skipped: results.numPendingTests + results.numTodoTests,
  }
}

/** The last line of `npm test`, for programs to read. @param {ReturnType<typeof countTests>} counts */
export const countLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`

/** @param {string} file @returns {TestResults | null} Null where vitest ended before it wrote any. */
const readResults = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/**
 * Type check, lint, then all tests; the first that fails is the last that runs.
 * @param {string} root @param {string} node @param {readonly string[]} args Handed to vitest. @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} The exit code.
 */
export const runTests = async (root, node, args, env) => {
  /** @param {string} name @param {string} script @param {readonly string[]} given */
  const step = async (name, script, given) => {
    process.stdout.write(`\n== ${name}\n`)
    const code = await runChild(node, [join(root, 'node_modules', script), ...given], { cwd: root, env })
    if (code !== 0) process.stdout.write(`\n${name} failed (exit code ${code})\n`)
    return code
  }
  const checked =
    (await step('type check', 'typescript/bin/tsc', ['-p', '.'])) ||
    (await step('lint', '@biomejs/biome/bin/biome', ['check']))
  if (checked !== 0) return checked

  const written = join(root, '.cache', 'tests.json')
  mkdirSync(join(root, '.cache'), { recursive: true })
  rmSync(written, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${written}`]
  const code = await step('tests', 'vitest/vitest.mjs', ['run', ...reporters, ...args])
  const results = readResults(written)
  if (results === null) return code || 1
  const counts = countTests(results)
  const none = counts.passed + counts.failed === 0
  if (none) process.stdout.write('no test was run: that is a failure\n')
  process.stdout.write(`${countLine(counts)}\n`)
  return code || (none || counts.failed > 0 ? 1 : 0)
}
