import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'

/**
 * Where a container engine would answer: DOCKER_HOST, else the first socket that is there; null where there is none.
 * @param {NodeJS.ProcessEnv} env @param {string} home @param {(path: string) => boolean} [exists]
 * @returns {string | null}
 */
export const engineAddress = (env, home, exists = existsSync) => {
  if (env.DOCKER_HOST) return env.DOCKER_HOST
  if (process.platform === 'win32') return 'npipe:////./pipe/docker_engine'
  const places = ['/var/run/docker.sock', `${home}/.docker/run/docker.sock`, `${home}/.docker/desktop/docker.sock`]
  if (env.XDG_RUNTIME_DIR) places.push(`${env.XDG_RUNTIME_DIR}/docker.sock`)
  const found = places.find((place) => exists(place))
  return found === undefined ? null : `unix://${found}`
}

/**
 * Asks an engine whether it is there. Only sockets and pipes of this machine are asked; any other address is believed.
 * @param {string} address @param {number} [ms] How long to wait for an answer.
 * @returns {Promise<'running' | 'denied' | 'nothing'>}
 */
export const pingEngine = (address, ms = 2_000) => {
  const path = /^(?:unix|npipe):\/\/(.+)$/.exec(address)?.[1]
  if (path === undefined) return Promise.resolve('running')
  return new Promise((resolve) => {
    let heard = ''
    const socket = connect(path, () => socket.write('GET /_ping HTTP/1.0\r\nHost: engine\r\n\r\n'))
    /** @param {'running' | 'denied' | 'nothing'} answer */
    const settle = (answer) => {
      resolve(answer)
      socket.destroy()
    }
    socket.setTimeout(ms, () => settle('nothing'))
    socket.on('data', (bytes) => {
      heard += bytes
    })
    socket.on('end', () => settle(/^HTTP\/1\.\d 200/.test(heard) ? 'running' : 'nothing'))
    socket.on('error', (error) => settle('code' in error && error.code === 'EACCES' ? 'denied' : 'nothing'))
  })
}

/**
 * What set-up started, so that it can be stopped again. `started` is the kernel's start time of that process.
 * @typedef {{ by: 'systemd' } | { by: 'pid', pid: number, started: string }} EngineRecord
 */

/** @param {string} cache */
const recordFile = (cache) => join(cache, 'engine.json')

/**
 * The kernel's start time of a process, which tells it from a later one with the same pid; empty where it has ended.
 * @param {number} pid
 */
const startTime = (pid) => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return fields[0] === 'Z' ? '' : (fields[19] ?? '')
  } catch {
    return ''
  }
}

/** @param {string} cache @param {EngineRecord} record */
const recordEngine = (cache, record) => {
  mkdirSync(cache, { recursive: true })
  writeFileSync(recordFile(cache), `${JSON.stringify(record)}\n`)
}

/**
 * Records an engine that came up because of us and is not our child: started by the service manager or by its package.
 * @param {string} cache @param {boolean} systemd
 */
export const recordServiceEngine = (cache, systemd) => {
  if (systemd) return recordEngine(cache, { by: 'systemd' })
  if (!existsSync(pidFile)) return
  const pid = Number(readFileSync(pidFile, 'utf8').trim())
  recordEngine(cache, { by: 'pid', pid, started: startTime(pid) })
}

const pidFile = '/var/run/docker.pid'

/** A pid file from a machine's earlier life can name some other process by now, and dockerd then refuses to start. */
const dropStalePidFile = () => {
  if (!existsSync(pidFile)) return
  const comm = `/proc/${readFileSync(pidFile, 'utf8').trim()}/comm`
  if (!existsSync(comm) || readFileSync(comm, 'utf8').trim() !== 'dockerd') rmSync(pidFile)
}

/**
 * Starts dockerd as a process of its own that outlives this one, and waits until it answers.
 * @param {string} cache Folder for its log and its pid. @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | null>} Why it did not start; null when it answers.
 */
export const startDockerd = async (cache, env) => {
  mkdirSync(cache, { recursive: true })
  dropStalePidFile()
  const log = join(cache, 'dockerd.log')
  const output = openSync(log, 'w')
  const child = spawn('dockerd', [], { detached: true, env, stdio: ['ignore', output, output] })
  /** @type {string | null} */
  let ended = null
  child.on('error', (error) => {
    ended = error.message
  })
  child.on('exit', (code, signal) => {
    ended = `it ended with ${signal ?? code}: ${readFileSync(log, 'utf8').trim().split('\n').at(-1)}`
  })
  for (let tries = 0; tries < 300 && ended === null; tries++) {
    if ((await pingEngine('unix:///var/run/docker.sock')) === 'running') {
      if (child.pid !== undefined) recordEngine(cache, { by: 'pid', pid: child.pid, started: startTime(child.pid) })
      child.unref()
      return null
    }
    await after(200)
  }
  if (ended === null) child.kill()
  return `${ended ?? 'it did not answer within 60 s'} (its log is ${log})`
}

/**
 * Stops the engine if set-up started it and it is still the same process.
 * @param {string} cache @param {(command: readonly string[]) => Promise<number>} run Runs a command to its end.
 * @returns {Promise<boolean>} Whether there was one to stop.
 */
export const stopEngine = async (cache, run) => {
  if (!existsSync(recordFile(cache))) return false
  /** @type {EngineRecord} */
  const record = JSON.parse(readFileSync(recordFile(cache), 'utf8'))
  rmSync(recordFile(cache))
  if (record.by === 'systemd') return (await run(['systemctl', 'stop', 'docker.socket', 'docker'])) === 0
  const alive = () => record.started !== '' && startTime(record.pid) === record.started
  if (!alive()) return false
  process.kill(record.pid, 'SIGTERM')
  for (let tries = 0; tries < 150 && alive(); tries++) await after(200)
  if (alive()) process.kill(record.pid, 'SIGKILL')
  return true
}
