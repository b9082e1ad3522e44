import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { parseSync } from 'oxc-parser'
import { describe, expect, it } from 'vitest'

/** What each part may import of ours, beside itself. The first row that matches a file's path counts. */
const arrows: readonly (readonly [part: string, may: readonly string[]])[] = [
  ['harness/contract/', []],
  ['harness/dbus/', ['harness/contract/']],
  ['harness/models/', ['harness/contract/']],
  ['harness/judging/', ['harness/contract/', 'harness/models/', 'harness/requirements/']],
  ['harness/requirements/', ['harness/contract/', 'harness/judging/', 'harness/models/']],
  ['harness/scenarios/', ['harness/contract/', 'harness/judging/']],
  ['harness/stream/', ['harness/contract/']],
  [
    'harness/engine/',
    [
      'harness/contract/',
      'harness/adapters/',
      'harness/judging/',
      'harness/requirements/',
      'harness/scenarios/',
      'harness/models/',
    ],
  ],
  ['harness/adapters/', ['harness/contract/', 'harness/engine/']],
  // The command line wires everything.
  ['harness/cli/', ['']],
  // A simulated phone is put behind real drivers.
  ['devices/appium/', ['harness/contract/', 'devices/simulation/', 'devices/virtual/']],
  // A virtual machine is the same desktop as a container, with a kernel of its own.
  ['devices/vm/', ['harness/contract/', 'devices/linux/']],
  ['devices/', ['harness/contract/', 'harness/dbus/', 'devices/simulation/']],
  // A vault may be served over the protocol, as any other.
  ['reference/', ['harness/contract/', 'harness/dbus/', 'harness/adapters/serve.ts']],
  ['reports/', ['harness/contract/']],
  // What tests of fixtures share.
  ['fixtures/exploration.ts', ['']],
  ['fixtures/process-exploration.ts', ['']],
  ['fixtures/story.ts', ['']],
  ['fixtures/simulated-device.ts', ['harness/contract/', 'devices/model/', 'devices/virtual/']],
  ['fixtures/sealed/rig.ts', ['']],
  ['fixtures/sound-phone/story.ts', ['']],
  ['fixtures/memory/', ['']],
  [
    'fixtures/plugins/holdfast.config.ts',
    ['harness/cli/config.ts', 'fixtures/plugins/', 'fixtures/simulated-device.ts'],
  ],
  ['fixtures/subjects/holdfast.config.ts', ['harness/cli/config.ts']],
  ['fixtures/', ['harness/contract/', 'harness/adapters/serve.ts', 'reference/', 'devices/virtual/', 'index.ts']],
  ['setup/', ['bin/']],
  ['supply/', ['package.json']],
  ['bin/', ['setup/']],
  ['bench/', ['']],
  ['proof/', ['']],
  ['index.ts', ['harness/', 'devices/appium/']],
  ['holdfast.config.ts', ['harness/cli/config.ts']],
  ['vitest.config.ts', []],
]

const files = globSync('**/*.{ts,mjs}', { exclude: ['node_modules/**', 'dist/**', 'docs/**', '**/node_modules/**'] })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.endsWith('.d.ts') && !/\.test\.ts$|\/(fake|sample|memory)-[\w-]+\.ts$/.test(file))

/** What a file imports of ours, by path from the root; types count too. */
function importsOf(file: string): readonly string[] {
  const { module } = parseSync(file, readFileSync(file, 'utf8'))
  const named = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) => entries.map(({ moduleRequest }) => moduleRequest?.value ?? '')),
    ...module.dynamicImports.map(({ moduleRequest }) =>
      readFileSync(file, 'utf8').slice(moduleRequest.start + 1, moduleRequest.end - 1),
    ),
  ]
  return named
    .filter((name) => name.startsWith('.'))
    .map((name) => normalize(join(dirname(file), name)).replaceAll('\\', '/'))
}

describe('import arrows', () => {
  it('sees imports at all', () => {
    expect(importsOf('harness/engine/session.ts')).toContain('harness/contract/history.ts')
    expect(importsOf('harness/cli/wiring.ts')).toContain('devices/model/model.ts')
  })
  it.each(files)('%s', (file) => {
    const row = arrows.find(([part]) => file.startsWith(part))
    if (row === undefined) throw new Error(`${file} belongs to no part: add it to a folder of the layout`)
    const [part, may] = row
    const wrong = importsOf(file).filter((to) => !to.startsWith(part) && !may.some((allowed) => to.startsWith(allowed)))
    expect(wrong).toEqual([])
  })
  it('devices know nothing of each other, except what simulated ones are built on', () => {
    const crossing = files
      .filter((file) => file.startsWith('devices/'))
      .flatMap((file) =>
        importsOf(file)
          .filter((to) => to.startsWith('devices/') && !to.startsWith('devices/simulation/'))
          .filter((to) => to.split('/')[1] !== file.split('/')[1])
          .filter((to) => !(file.startsWith('devices/appium/') && to.startsWith('devices/virtual/')))
          .filter((to) => !(file.startsWith('devices/vm/') && to.startsWith('devices/linux/')))
          .map((to) => `${file} -> ${to}`),
      )
    expect(crossing).toEqual([])
  })
})

describe('file names', () => {
  it('say what is inside', () => {
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|manager|misc)[./]/.test(file))).toEqual([])
  })
})

describe('file lengths', () => {
  const most = 300
  const reason = /^\/\/ Longer than 300 lines: \S.*\.$/
  const all = globSync('**/*.{ts,mjs}', { exclude: ['node_modules/**', 'dist/**', '**/node_modules/**'] })
  const long = all.filter((file) => linesOf(file).length > most)
  it('are 300 lines at most, or a first line says why not', () => {
    expect(long.filter((file) => !reason.test(linesOf(file)[0] ?? ''))).toEqual([])
  })
  it('no file gives a reason that it no longer needs', () => {
    expect(all.filter((file) => !long.includes(file) && reason.test(linesOf(file)[0] ?? ''))).toEqual([])
  })
})

function linesOf(file: string): readonly string[] {
  return readFileSync(file, 'utf8').trimEnd().split('\n')
}
