import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runChild } from '../bin/child.mjs'
import { installDependencies, npmEnvironment } from './dependencies.mjs'
import { recordServiceEngine, startDockerd } from './engine.mjs'
import { readMachine, searchPath } from './machine.mjs'
import { planEngine, planPackages } from './plan.mjs'

/** @typedef {import('./plan.mjs').Step} Step */

/** @param {string} line */
const say = (line) => process.stderr.write(`${line}\n`)

/**
 * Prints a command, then runs it with our own input and output. Rejects where it cannot be started.
 * @param {readonly string[]} command @param {NodeJS.ProcessEnv} env @param {string} cwd
 * @returns {Promise<number>} Its exit code; 127 where the program is not there.
 */
export const runShown = async ([program = '', ...args], env, cwd) => {
  say(`$ ${[program, ...args].join(' ')}`)
  // npm is a script on Windows, and what it says belongs with the rest of set-up: not in a pipe that reads our output.
  /** @type {Parameters<typeof runChild>[2]} */
  const options = { env, cwd, stdio: ['inherit', process.stderr, 'inherit'], shell: process.platform === 'win32' }
  try {
    return await runChild(program, args, options)
  } catch (error) {
    say(`${program} cannot be run: ${error instanceof Error ? error.message : error}`)
    return 127
  }
}

/** What could not be had the last time. @param {string} file @returns {readonly string[]} */
const readFailed = (file) => {
  if (!existsSync(file)) return []
  const read = JSON.parse(readFileSync(file, 'utf8'))
  return Array.isArray(read) ? read.filter((name) => typeof name === 'string') : []
}

/**
 * System packages and the engine: what may be done is done, the rest is said. Never an error: what runs without them
 * goes on.
 * @param {string} root @param {'start' | 'test'} command
 */
const prepareMachine = async (root, command) => {
  const cache = join(root, '.cache')
  const memory = join(cache, 'set-up-failed.json')
  const env = { ...process.env, PATH: searchPath(process.env).join(delimiter) }
  const before = readFailed(memory)
  /** @type {string[]} */
  const failed = []

  let machine = await readMachine()
  const wasRunning = machine.engine === 'running'
  const packages = planPackages(machine, command, before)
  if (packages.does === 'say') say(packages.sentence)
  if (packages.does === 'run') {
    // A failed update is no end yet: the lists may be good enough.
    let code = 0
    for (const line of packages.commands) code = await runShown(line, env, root)
    machine = await readMachine()
    const lacking = machine.missing.filter((row) => row.neededBy.includes(command)).map((row) => row.package)
    failed.push(...lacking)
    if (lacking.length > 0) {
      say(
        `Not installed: ${lacking.join(', ')} (apt-get ended with ${code}, see above). Going on without; to try again: HOLDFAST_SETUP=yes npm ${command}`,
      )
    }
  }

  const engine = planEngine(machine, before)
  if (engine.does === 'say') say(engine.sentence)
  /** @type {string | null} */
  let wrong = null
  if (engine.does === 'run') {
    for (const line of engine.commands) {
      const code = await runShown(line, env, root)
      if (code !== 0) wrong = `${line.join(' ')} ended with ${code}`
    }
  } else if (engine.does === 'start-dockerd') {
    say('$ dockerd &')
    wrong = await startDockerd(cache, env)
  }
  if (wrong !== null) {
    failed.push('engine')
    say(
      `The container engine did not start: ${wrong}. Going on without; to try again: HOLDFAST_SETUP=yes npm ${command}`,
    )
  }
  const tried = packages.does === 'run' || engine.does === 'run' || engine.does === 'start-dockerd'
  if (!tried) return
  const cameUp = !wasRunning && engine.does !== 'start-dockerd' && (await readMachine()).engine === 'running'
  if (cameUp) recordServiceEngine(cache, machine.systemd)
  if (failed.length === 0) rmSync(memory, { force: true })
  else {
    mkdirSync(cache, { recursive: true })
    writeFileSync(memory, `${JSON.stringify(failed)}\n`)
  }
}

/**
 * All the set-up that a command needs. Says nothing and does nothing where all is there.
 * @param {string} root
 * @param {'start' | 'test' | null} command Null: only the npm dependencies.
 * @returns {Promise<string | null>} What is wrong where nothing can run; else null.
 */
export const prepare = async (root, command) => {
  const wrong = await installDependencies(root, (line) => runShown(line, npmEnvironment(root, process.env), root))
  if (wrong === null && command !== null) await prepareMachine(root, command)
  return wrong
}
