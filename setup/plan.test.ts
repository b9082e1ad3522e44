import { describe, expect, it } from 'vitest'
import type { Machine } from './machine.mjs'
import { lacking, planEngine, planPackages } from './plan.mjs'
import { requirements } from './requirements.mjs'

const socket = 'unix:///var/run/docker.sock'
const machine = (given: Partial<Machine>): Machine => ({
  platform: 'linux',
  root: false,
  user: 'ada',
  ci: false,
  tty: true,
  consent: 'unsaid',
  sudo: true,
  apt: true,
  systemd: true,
  dockerd: true,
  engine: 'running',
  engineAddress: socket,
  missing: [],
  ...given,
})
const bare = { missing: requirements, dockerd: false, engine: 'absent', engineAddress: null } as const
const runs = (step: ReturnType<typeof planPackages>) =>
  step.does === 'run' ? step.commands.map((command) => command.join(' ')) : step
const sentence = (step: ReturnType<typeof planPackages>) => (step.does === 'say' ? step.sentence : step)

describe('system packages', () => {
  it('does nothing where nothing is missing', () => {
    expect(planPackages(machine({}), 'start', [])).toEqual({ does: 'nothing' })
  })

  it('installs what start needs as root, and what the tests need only for them', () => {
    const install = 'env DEBIAN_FRONTEND=noninteractive apt-get install --quiet --yes --no-install-recommends'
    expect(runs(planPackages(machine({ ...bare, root: true }), 'start', []))).toEqual([
      'env DEBIAN_FRONTEND=noninteractive apt-get update --quiet',
      `${install} docker.io`,
      `${install} mmdebstrap`,
      `${install} adb chromium-driver`,
      // The iPhone needs it too.
      `${install} chromium`,
    ])
    expect(runs(planPackages(machine({ ...bare, root: true }), 'test', []))).toContain(
      `${install} mmdebstrap qemu-system-x86 qemu-utils e2fsprogs`,
    )
  })

  it('asks sudo in CI without a question, and with one where a person said yes', () => {
    expect(runs(planPackages(machine({ ...bare, ci: true, tty: false }), 'start', []))).toContainEqual(
      expect.stringMatching(/^sudo -n env .* install /),
    )
    expect(runs(planPackages(machine({ ...bare, consent: 'yes' }), 'start', []))).toContainEqual(
      expect.stringMatching(/^sudo env .* install /),
    )
  })

  it('tells a person the one command, and changes nothing', () => {
    expect(sentence(planPackages(machine(bare), 'start', []))).toContain(
      'run: sudo apt-get update && sudo apt-get install -y docker.io mmdebstrap adb chromium chromium-driver && sudo usermod -aG docker ada (and log in again)',
    )
  })

  it('changes nothing where it was told not to, even as root, or where it has no way to', () => {
    expect(planPackages(machine({ ...bare, root: true, consent: 'no' }), 'start', []).does).toBe('say')
    expect(planPackages(machine({ ...bare, consent: 'yes', sudo: false }), 'start', []).does).toBe('say')
  })

  it('says what is missing where there is no apt', () => {
    const said = sentence(planPackages(machine({ ...bare, root: true, apt: false }), 'start', []))
    expect(said).toMatch(/^Not on this machine: a container engine .*own way/)
    expect(said).not.toContain('apt-get')
  })

  it('does not try again what failed, until it is asked or something else is missing', () => {
    const failed = requirements.filter((row) => row.neededBy.includes('start')).map((row) => row.package)
    expect(planPackages(machine({ ...bare, root: true }), 'start', failed).does).toBe('say')
    expect(planPackages(machine({ ...bare, root: true, consent: 'yes' }), 'start', failed).does).toBe('run')
    expect(planPackages(machine({ ...bare, root: true }), 'test', failed).does).toBe('run')
  })
})

describe('the container engine', () => {
  const stopped = { engine: 'stopped' } as const

  it('is left alone where it runs, or is not there at all', () => {
    expect(planEngine(machine({ root: true }), [])).toEqual({ does: 'nothing' })
    expect(planEngine(machine({ ...bare, root: true }), [])).toEqual({ does: 'nothing' })
  })

  it('is started by the service manager where there is one, else by itself', () => {
    expect(runs(planEngine(machine({ ...stopped, root: true }), []))).toEqual(['systemctl start docker'])
    expect(planEngine(machine({ ...stopped, root: true, systemd: false }), [])).toEqual({ does: 'start-dockerd' })
  })

  it('is not started over a person, nor twice after a failure', () => {
    expect(sentence(planEngine(machine(stopped), []))).toContain('run: sudo systemctl start docker')
    expect(planEngine(machine({ ...stopped, root: true }), ['engine']).does).toBe('say')
  })

  it('is not started in place of one elsewhere that does not answer', () => {
    const elsewhere = machine({ ...stopped, root: true, engineAddress: 'unix:///elsewhere.sock' })
    expect(sentence(planEngine(elsewhere, []))).toContain('unix:///elsewhere.sock')
  })

  it('says how to be let in', () => {
    expect(sentence(planEngine(machine({ engine: 'denied' }), []))).toContain('sudo usermod -aG docker ada')
  })
})

describe('what a device lacks', () => {
  it('is nothing on a machine that has all, nor for a device without rows', () => {
    expect(lacking('linux-container', machine({}))).toEqual([])
    expect(lacking('model', machine(bare))).toEqual([])
  })

  it('names each package that it cannot run without, and the engine, and never starts anything', () => {
    expect(lacking('linux-container', machine(bare))).toEqual([
      'a container engine is not installed (vaults in a container with a real keyring): sudo apt-get install docker.io',
    ])
    expect(lacking('linux-container', machine({ engine: 'stopped', root: true }))).toEqual([
      'The container engine is installed and not running. To start it, run: systemctl start docker.',
    ])
  })
})

it('has a command that needs it and a sign for each row, and each package once', () => {
  expect(requirements.every((row) => row.neededBy.length > 0 && row.signs.length > 0)).toBe(true)
  expect(new Set(requirements.map((row) => row.package)).size).toBe(requirements.length)
})
