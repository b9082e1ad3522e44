import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { judge, type RunTask } from './judge.ts'
import { judgeTask } from './judge-task.ts'
import { openTarget } from './wiring.ts'

const android = { is: 'android-emulator', serial: 'emulator-1', pin: { env: 'NO_PIN' }, app: { id: 'a.b' } } as const
const lab = { is: 'appium', url: 'http://127.0.0.1:9/', platform: 'ios', fidelity: 'F3', app: { id: 'a.b' } } as const
const targets = [
  { name: 'in-a-lab', vault: 'webview:a.b', device: 'lab', phone: lab },
  { name: 'on-an-emulator', vault: 'dial:a.b', device: 'emulator', phone: android },
  { name: 'here', vault: 'module:./reference/module.ts', device: 'model' },
]
const one = { seed: 1, programs: 8, budgetMs: null, only: ['ENC-01'], profile: null }
const options = { ...one, strict: false, baseline: null, allowLoginKeyring: false }
const cwd = fileURLToPath(new URL('../../', import.meta.url))

/** Without a thread for each: how long a busy machine takes to start one is not what this is about. */
const run: RunTask = async (task, put, stop) => {
  const open = () => openTarget(task.spec, { allowLoginKeyring: false, cwd, onProgress() {} })
  for await (const record of judgeTask(task, { open, stopped: () => stop.aborted, beat() {} })) put(record)
}

test('phones that are not there are not testable by their environment, and the run goes on without them', async () => {
  const { ANDROID_HOME: home, ANDROID_SDK_ROOT: root } = process.env
  delete process.env.ANDROID_HOME
  delete process.env.ANDROID_SDK_ROOT
  const told: Record<string, unknown> = {}
  for await (const record of judge(targets, options, run))
    if (record.type === 'verdict') told[record.target] = record.verdict
  if (home !== undefined) process.env.ANDROID_HOME = home
  if (root !== undefined) process.env.ANDROID_SDK_ROOT = root
  const unreachable = (why: RegExp) => ({ is: 'not-testable', cause: 'environment', why: expect.stringMatching(why) })
  expect(told).toMatchObject({
    'in-a-lab': unreachable(/^No session with the phone could be opened: /),
    'on-an-emulator': unreachable(/^ANDROID_HOME is not set/),
    here: { is: 'pass' },
  })
}, 60_000)
