import { requirements } from './requirements.mjs'

/** @typedef {import('./machine.mjs').Machine} Machine */
/** @typedef {import('./requirements.mjs').Requirement} Requirement */

/**
 * What set-up is to do: commands to run, an engine to start, or a sentence for the person. At most one of them.
 * @typedef {{ does: 'nothing' } | { does: 'say', sentence: string } | { does: 'run', commands: readonly (readonly string[])[] }
 *   | { does: 'start-dockerd' }} Step
 */

/** @type {Step} */
const nothing = { does: 'nothing' }

/** Whether set-up may change the machine: it was asked to, or nobody is there whose machine this is. @param {Machine} machine */
const may = ({ consent, root, ci, sudo }) => consent !== 'no' && (root || ((ci || consent === 'yes') && sudo))

/** @param {Machine} machine @returns {readonly string[]} */
const asRoot = ({ root, tty }) => (root ? [] : tty ? ['sudo'] : ['sudo', '-n'])

/** The same for a command that a person types. @param {Machine} machine */
const typed = ({ root }) => (root ? '' : 'sudo ')

/** @param {readonly Requirement[]} rows */
const named = (rows) => rows.map((row) => `${row.what} (${row.purpose})`).join(', ')

/**
 * Packages by the devices that need them: one that a system does not have must not keep another device's from coming.
 * @param {readonly Requirement[]} rows @returns {readonly (readonly string[])[]}
 */
const together = (rows) => {
  const keys = [...new Set(rows.map((row) => row.devices.join()))]
  return keys.map((key) => rows.filter((row) => row.devices.join() === key).map((row) => row.package))
}

/**
 * What to do about system packages that are missing.
 * @param {Machine} machine
 * @param {'start' | 'test'} command
 * @param {readonly string[]} failed What could not be had the last time: not tried again unless asked.
 * @returns {Step}
 */
export const planPackages = (machine, command, failed) => {
  const rows = machine.missing.filter((row) => row.neededBy.includes(command))
  if (rows.length === 0) return nothing
  const packages = rows.map((row) => row.package)
  const lacks = `Not on this machine: ${named(rows)}.`
  if (!machine.apt) {
    return { does: 'say', sentence: `${lacks} Install what you need of it in this system's own way; going on without.` }
  }
  const tried = machine.consent !== 'yes' && packages.every((name) => failed.includes(name))
  if (may(machine) && !tried) {
    const apt = [...asRoot(machine), 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get']
    return {
      does: 'run',
      commands: [
        [...apt, 'update', '--quiet'],
        ...together(rows).map((group) => [...apt, 'install', '--quiet', '--yes', '--no-install-recommends', ...group]),
      ],
    }
  }
  const sudo = typed(machine)
  const group = !machine.root && packages.includes('docker.io') ? ` && sudo usermod -aG docker ${machine.user}` : ''
  const line = `${sudo}apt-get update && ${sudo}apt-get install -y ${packages.join(' ')}${group}`
  const login = group === '' ? '' : ' (and log in again)'
  return { does: 'say', sentence: `${lacks} To add it, run: ${line}${login}. Going on without.` }
}

/**
 * What to do about an engine that does not answer.
 * @param {Machine} machine
 * @param {readonly string[]} failed
 * @returns {Step}
 */
export const planEngine = (machine, failed) => {
  if (machine.engine === 'running' || machine.engine === 'absent') return nothing
  if (machine.engine === 'denied') {
    const line = `sudo usermod -aG docker ${machine.user}`
    const sentence = `The container engine at ${machine.engineAddress} does not let ${machine.user} in. To change that, run: ${line} (and log in again). Going on without.`
    return { does: 'say', sentence }
  }
  const elsewhere = machine.engineAddress !== null && machine.engineAddress !== 'unix:///var/run/docker.sock'
  if (!machine.dockerd || elsewhere) {
    const where = machine.engineAddress ?? 'the usual places'
    return {
      does: 'say',
      sentence: `No container engine answers at ${where}. Start it (or unset DOCKER_HOST); going on without.`,
    }
  }
  const tried = machine.consent !== 'yes' && failed.includes('engine')
  if (may(machine) && !tried) {
    if (machine.systemd) return { does: 'run', commands: [[...asRoot(machine), 'systemctl', 'start', 'docker']] }
    if (machine.root) return { does: 'start-dockerd' }
  }
  const line = machine.systemd ? `${typed(machine)}systemctl start docker` : `${typed(machine)}dockerd`
  return {
    does: 'say',
    sentence: `The container engine is installed and not running. To start it, run: ${line}. Going on without.`,
  }
}

/**
 * What a device lacks on this machine, one sentence each; empty where it can run. For `holdfast doctor`.
 * @param {string} device @param {Machine} machine
 * @returns {readonly string[]}
 */
export const lacking = (device, machine) => {
  const rows = machine.missing.filter((row) => row.devices.includes(device))
  const install = machine.apt
    ? (/** @type {Requirement} */ row) => `: ${typed(machine)}apt-get install ${row.package}`
    : () => ''
  const sentences = rows.map((row) => `${row.what} is not installed (${row.purpose})${install(row)}`)
  if (!requirements.some((row) => row.package === 'docker.io' && row.devices.includes(device))) return sentences
  const step = planEngine({ ...machine, consent: 'no' }, [])
  return step.does === 'say' ? [...sentences, step.sentence.replace(/[.;] going on without\.$/i, '.')] : sentences
}
