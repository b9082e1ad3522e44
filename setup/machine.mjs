import { existsSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import { delimiter, join } from 'node:path'
import { engineAddress, pingEngine } from './engine.mjs'
import { requirements } from './requirements.mjs'

/** @typedef {import('./requirements.mjs').Requirement} Requirement */
/** @typedef {'running' | 'stopped' | 'denied' | 'absent'} EngineState */

/**
 * What set-up and `holdfast doctor` know of this machine.
 * @typedef {object} Machine
 * @property {NodeJS.Platform} platform
 * @property {boolean} root
 * @property {string} user
 * @property {boolean} ci
 * @property {boolean} tty Somebody can answer a question of sudo.
 * @property {'yes' | 'no' | 'unsaid'} consent HOLDFAST_SETUP.
 * @property {boolean} sudo
 * @property {boolean} apt
 * @property {boolean} systemd
 * @property {boolean} dockerd The engine's program is here, so that it can be started.
 * @property {EngineState} engine
 * @property {string | null} engineAddress Where an engine would answer, by DOCKER_HOST or the usual sockets.
 * @property {readonly Requirement[]} missing
 */

const systemFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin']

/** The PATH with the folders of system programs, which a plain user's often lacks. @param {NodeJS.ProcessEnv} env */
export const searchPath = (env) => {
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean)
  return process.platform === 'win32' ? folders : [...new Set([...folders, ...systemFolders])]
}

/** @param {string} name @param {NodeJS.ProcessEnv} env */
export const onPath = (name, env) => searchPath(env).some((folder) => existsSync(join(folder, name)))

/** @param {Requirement} row @param {NodeJS.ProcessEnv} env @param {string | null} address */
const isPresent = (row, env, address) =>
  row.signs.some((sign) => {
    if ('command' in sign) return onPath(sign.command, env)
    return 'file' in sign ? existsSync(sign.file) : address !== null
  })

/** @param {string | undefined} value */
const consentOf = (value) => (value === 'yes' || value === 'no' ? value : 'unsaid')

/** @param {NodeJS.ProcessEnv} [env] @returns {Promise<Machine>} */
export const readMachine = async (env = process.env) => {
  const address = engineAddress(env, homedir())
  const dockerd = onPath('dockerd', env)
  const answer = address === null ? 'nothing' : await pingEngine(address)
  return {
    platform: process.platform,
    root: process.getuid?.() === 0,
    user: userInfo().username,
    ci: !['', '0', 'false'].includes(env.CI ?? ''),
    tty: process.stdin.isTTY === true,
    consent: consentOf(env.HOLDFAST_SETUP),
    sudo: onPath('sudo', env),
    apt: onPath('apt-get', env),
    systemd: existsSync('/run/systemd/system'),
    dockerd,
    engine: answer !== 'nothing' ? answer : dockerd || address !== null ? 'stopped' : 'absent',
    engineAddress: address,
    missing: requirements.filter((row) => row.platforms.includes(process.platform) && !isPresent(row, env, address)),
  }
}
