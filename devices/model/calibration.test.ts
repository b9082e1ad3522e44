import { expect, test } from 'vitest'
import type { Effects } from '../../harness/contract/device.ts'
import { environmentSchema, type Facet } from '../../harness/contract/environment.ts'
import { type DesktopPorts, KeyringError } from '../../harness/contract/platforms/desktop.ts'
import { idle } from '../simulation/sample-lies.ts'
import { type Calibrated, calibrate } from './calibration.ts'
import { model } from './model.ts'

interface Lies {
  readonly device?: (truth: Calibrated) => Partial<Calibrated>
  readonly ports?: (truth: DesktopPorts, device: Calibrated) => Partial<DesktopPorts>
  readonly effects?: (truth: Effects) => Partial<Effects>
}
const lying = ({ device, ports, effects }: Lies): Calibrated => {
  const truth = model()
  const { inProcess, effects: seam } = truth
  if (inProcess === undefined || seam === undefined) throw new Error('the model has ports and a seam')
  return {
    ...truth,
    ...device?.(truth),
    effects: { ...seam, ...effects?.(seam) },
    inProcess: (namespace) => {
      const given = inProcess(namespace)
      return { ...given, ports: { ...given.ports, ...ports?.(given.ports, truth) } }
    },
  }
}
const keyringThat = (change: (truth: DesktopPorts['keyring']) => Partial<DesktopPorts['keyring']>): Lies => ({
  ports: ({ keyring }) => ({ keyring: { ...keyring, ...change(keyring) } }),
})

test('the model proves every facet but those of a kernel and of a real desktop, and is itself again afterwards', async () => {
  const device = model()
  const environment = await device.calibrate()
  expect(environmentSchema.parse(environment)).toEqual(environment)
  expect(environment.fidelity).toBe('F0')
  const states = Object.entries(environment.facets).map(([facet, state]) => [facet, state.is])
  expect(states.filter(([, is]) => is !== 'proven')).toEqual([
    ['kernel-reboot', 'unproven'],
    ['kernel-keyring-kept', 'unproven'],
    ['login-opens-keyring', 'unproven'],
    ['wrong-password-refused', 'unproven'],
    ['played-prompter', 'unproven'],
    ['bus-stopped', 'unproven'],
    ['disk-filled', 'unproven'],
    ['home-protected', 'unproven'],
    ['file-modes', 'unproven'],
    ['seen-processes', 'unproven'],
    ['readable-memory', 'unproven'],
  ])
  expect(await device.footprint('')).toEqual({ items: 0, secretReads: 0 })
  expect([device.boot(), device.effects?.pending()]).toEqual([0, 0])
})

test('a device that lets no seam be seen is refused', async () => {
  await expect(calibrate({ ...model(), effects: undefined })).rejects.toThrow('no ports or has no numbered seam')
})

const lies: Readonly<Record<string, readonly [Facet, Lies]>> = {
  'a keyring that keeps nothing': ['keyring-present', keyringThat(() => ({ set: async () => {} }))],
  'a keyring that alters what it keeps': [
    'keyring-present',
    keyringThat((truth) => ({ set: (item, secret) => truth.set(item, secret.subarray(1)) })),
  ],
  'a lock that locks nothing': ['keyring-locks', { device: idle('lock-keyring') }],
  'an unlock that opens nothing': ['keyring-locks', { device: idle('unlock-keyring') }],
  'a locked keyring that says not found': [
    'keyring-locks',
    keyringThat((truth) => ({ get: (item) => truth.get(item).catch(() => null) })),
  ],
  'a prompt that waits for somebody': [
    'no-prompter',
    keyringThat((truth) => ({
      get: (item) =>
        truth.get(item).catch((error: unknown) => {
          if (error instanceof KeyringError && error.kind === 'locked') return new Promise<null>(() => {})
          throw error
        }),
    })),
  ],
  'a keyring without prompts': ['keyring-prompts', keyringThat(() => ({ unlock: undefined }))],
  'a prompt that unlocks though it was dismissed': [
    'keyring-prompts',
    {
      device: (truth) => ({
        apply: (asked) =>
          asked.control === 'cancel-prompt'
            ? Promise.resolve(truth.prompts?.answer() === true ? 'done' : 'skipped')
            : truth.apply(asked),
      }),
    },
  ],
  'a prompt that is answered and unlocks nothing': [
    'keyring-prompts',
    {
      device: (truth) => ({
        ...(truth.prompts === undefined ? {} : { prompts: { ...truth.prompts, answer: () => false } }),
      }),
    },
  ],
  'a person who confirms whatever they do': [
    'confirming-person',
    { ports: (truth) => ({ ...truth, person: { confirm: async () => 'confirmed' as const } }) },
  ],
  'nobody to ask': ['confirming-person', { ports: () => ({ person: undefined }) }],
  'a copy that is none': ['keyring-copies', { device: idle('duplicate-items') }],
  'a keyring that gives one of several': [
    'keyring-copies',
    keyringThat((truth) => ({
      get: async (item) => truth.get({ ...item, copy: (await truth.copies?.(item))?.[0]?.id }),
    })),
  ],
  'a provider that is the same as before': ['keyring-swapped', { device: idle('swap-keyring') }],
  'a machine that always starts with its keyring unlocked': [
    'machine-restart',
    {
      device: (truth) => ({
        apply: (asked) => truth.apply(asked.control === 'restart-machine' ? { control: asked.control } : asked),
      }),
    },
  ],
  'a stop that stops nothing': ['keyring-absent', { device: idle('stop-keyring') }],
  'a start that starts nothing': ['keyring-absent', { device: idle('start-keyring') }],
  'a restart that restarts nothing': ['keyring-restart', { device: idle('restart-keyring') }],
  'a restart that empties the disk': [
    'keyring-restart',
    {
      device: (truth) => ({
        async apply(control) {
          if (control.control === 'restart-keyring') await truth.restore()
          return truth.apply(control)
        },
      }),
    },
  ],
  'a machine that never restarts': ['machine-restart', { device: idle('restart-machine') }],
  'a machine that restarts by a power cut': [
    'machine-restart',
    {
      device: (truth) => ({
        apply: (control) =>
          truth.apply(control.control === 'restart-machine' ? { control: 'cut-power', loses: 'all' } : control),
      }),
    },
  ],
  'a power cut that loses nothing': [
    'power-cut',
    {
      device: (truth) => ({
        apply: (control) => truth.apply(control.control === 'cut-power' ? { control: 'restart-machine' } : control),
      }),
    },
  ],
  'a power cut that loses synced files': [
    'power-cut',
    { ports: ({ files }) => ({ files: { ...files, sync: async () => {} } }) },
  ],
  'a death that lets waiting effects happen': [
    'process-death',
    {
      effects: (truth) => ({
        drop() {
          while (truth.pending() > 0) truth.complete(0)
          truth.drop()
        },
      }),
    },
  ],
  'a strike that strikes nothing': ['process-death', { effects: () => ({ arm: () => {} }) }],
  'effects that do not wait': ['ordered-effects', { effects: () => ({ hold: () => {} }) }],
  'effects in an order of their own': [
    'ordered-effects',
    { effects: (truth) => ({ complete: () => truth.complete(0) }) },
  ],
  'a log that nobody keeps': ['captured-output', { ports: () => ({ log: { write: () => {} } }) }],
  'traces without files': [
    'searched-files',
    {
      device: (truth) => ({
        async *traces(namespace) {
          for await (const trace of truth.traces(namespace)) if (trace.in !== 'file') yield trace
        },
      }),
    },
  ],
  'a second process that is never made': ['several-processes', { device: () => ({ severalProcesses: false }) }],
  'a lock that two processes hold at once': [
    'several-processes',
    { ports: ({ files }) => ({ files: { ...files, lock: async () => ({ release: async () => {} }) } }) },
  ],
  'an update that installs nothing': ['app-updates', { device: idle('update-app') }],
  'a step back that installs nothing': ['app-updates', { device: idle('downgrade-app') }],
  'an update that clears the data': [
    'app-updates',
    {
      ports: ({ files }, truth) => ({
        files: {
          ...files,
          read: (path) => (truth.inProcess?.('').release === 1 ? files.read(path) : Promise.resolve(null)),
        },
      }),
    },
  ],
  'traces without what is not synced': [
    'searched-files',
    {
      device: (truth) => ({
        async *traces(namespace) {
          for await (const trace of truth.traces(namespace)) if (trace.where !== 'draft') yield trace
        },
      }),
    },
  ],
  'a keyring that hides its labels': [
    'seen-attributes',
    keyringThat((truth) => ({ set: ({ label: _, ...item }, secret) => truth.set(item, secret) })),
  ],
  'a wipe that removes nothing': ['keyring-wiped', { device: idle('wipe-keyring') }],
  'a count that is always nothing': [
    'counted-items',
    { device: () => ({ footprint: async () => ({ items: 0, secretReads: 0 }) }) },
  ],
  'a count that includes what belongs to others': [
    'counted-items',
    { device: (truth) => ({ footprint: () => truth.footprint('') }) },
  ],
  'a count that cannot see': ['counted-items', { device: () => ({ footprint: async () => null }) }],
}

test.each(Object.entries(lies))('%s is seen', async (_name, [facet, lie]) => {
  const { facets } = await calibrate(lying(lie))
  expect(facets[facet]?.is).toBe('disproven')
})

test('a probe that the device breaks is evidence against the facet, not an end of calibration', async () => {
  const { facets } = await calibrate(
    lying({
      device: (truth) => ({ apply: (c) => (c.control === 'cut-power' ? Promise.resolve('skipped') : truth.apply(c)) }),
    }),
  )
  expect(facets['power-cut']).toMatchObject({
    is: 'disproven',
    evidence: expect.stringContaining("skipped 'cut-power'"),
  })
  expect(facets['keyring-present']?.is).toBe('proven')
})
