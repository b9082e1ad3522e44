import { describe, expect, test } from 'vitest'
import type { Trace } from '../../../harness/contract/device.ts'
import type { AndroidApp } from '../../../harness/contract/platforms/android.ts'
import { settling } from '../../simulation/settling.ts'
import { ask, benchOf, boundKey, type Calibrated, got, must, quiet, strongPrompt, toldOf } from './bench.ts'
import { virtualAndroid } from './device.ts'

const free = boundKey('free', { userAuthenticationRequired: false })
const traced = async (device: Calibrated): Promise<readonly Trace[]> => {
  const seen: Trace[] = []
  for await (const trace of device.traces('')) seen.push(trace)
  return seen
}
const started = () => benchOf(virtualAndroid())

describe('the seam', () => {
  const uses = ({ keyStore, biometricManager, keyguardManager, noBackupFiles, isUserUnlocked }: AndroidApp) =>
    ({
      getKey: () => keyStore.getKey('k'),
      containsAlias: () => keyStore.containsAlias('k'),
      aliases: () => keyStore.aliases(),
      deleteEntry: () => keyStore.deleteEntry('k'),
      generateKey: () => keyStore.generateKey(free),
      canAuthenticate: () => biometricManager.canAuthenticate(0x0f),
      isDeviceSecure: () => keyguardManager.isDeviceSecure(),
      isDeviceLocked: () => keyguardManager.isDeviceLocked(),
      isUserUnlocked,
      read: () => noBackupFiles.read('f'),
      write: () => noBackupFiles.write('f', Uint8Array.of(1)),
      delete: () => noBackupFiles.delete('f'),
      list: () => noBackupFiles.list(),
    }) satisfies Record<string, () => Promise<unknown>>
  const names = Object.keys(uses(started().start())) as (keyof ReturnType<typeof uses>)[]

  test.each(names)('%s is one effect: it waits, is struck, and is never answered to the dead', async (name) => {
    const { start, effects } = started()
    const call = (app: AndroidApp) => uses(app)[name]()
    const app = start()
    const before = effects.count()
    await call(app)
    expect(effects.count() - before).toBe(1)
    effects.hold(true)
    const waiting = call(app)
    expect([effects.pending(), (await settling<unknown>(waiting)).is]).toEqual([1, 'waiting'])
    effects.complete(0)
    expect((await settling<unknown>(waiting)).is).toBe('answered')
    effects.hold(false)
    effects.arm(0, () => {})
    expect((await settling<unknown>(call(app))).is).toBe('waiting')
    effects.drop()
    expect((await settling<unknown>(call(app))).is).toBe('waiting')
    expect((await settling<unknown>(call(start()))).is).toBe('answered')
  })

  test('a cipher is an effect at init and at doFinal', async () => {
    const { start, effects } = started()
    const app = start()
    await app.keyStore.generateKey(free)
    const cipher = app.keyStore.cipher('AES/GCM/NoPadding')
    const before = effects.count()
    await cipher.init('encrypt', { alias: 'free' })
    await cipher.doFinal(Uint8Array.of(1))
    expect(effects.count() - before).toBe(2)
  })

  test('whatever completes first, a miss is told before its match, and each is an effect', async () => {
    const bench = started()
    const { heard } = await ask(bench.start())
    bench.effects.hold(true)
    await must(bench, { control: 'touch', finger: 'wrong' })
    await must(bench, { control: 'touch', finger: 'right' })
    await quiet()
    expect([bench.effects.pending(), heard]).toEqual([1, []])
    bench.effects.complete(0)
    await quiet()
    expect([bench.effects.pending(), heard]).toEqual([1, ['missed']])
    bench.effects.complete(0)
    expect(heard).toEqual(['missed', 'matched'])
  })

  test('what is posted to the main looper runs when its time came, one at a time, unless it is taken back', async () => {
    const { start, effects, device } = started()
    const app = start()
    const ran: string[] = []
    app.postDelayed(10, () => ran.push('late'))
    app.postDelayed(5, () => ran.push('early'))
    app.postDelayed(7, () => ran.push('taken back'))()
    app.postDelayed(0, () => ran.push('now'))
    expect(ran).toEqual([])
    await quiet()
    expect(ran).toEqual(['now'])
    effects.hold(true)
    await device.apply({ control: 'advance-clock', by: 10 })
    await quiet()
    expect([effects.pending(), ran]).toEqual([1, ['now']])
    effects.complete(0)
    await quiet()
    effects.complete(0)
    expect([ran, effects.fireTimer()]).toEqual([['now', 'early', 'late'], false])
  })

  test('a main thread that waits lets nothing else happen on it, while the system goes on', async () => {
    const bench = started()
    const app = bench.start()
    const ran: string[] = []
    let release = () => {}
    app.postDelayed(0, () => {
      void ask(app)
      return new Promise<void>((done) => {
        release = done
      })
    })
    app.postDelayed(0, () => ran.push('next'))
    await quiet()
    bench.prompts.answer()
    await quiet()
    expect([bench.phases, ran, bench.device.takeHeld?.(), bench.device.takeHeld?.()]).toEqual([
      ['shown', 'matched'],
      [],
      true,
      false,
    ])
    release()
    await quiet()
    expect(ran).toEqual(['next'])
  })

  test('a process that dies takes its prompt, its timers and its callbacks along', async () => {
    const bench = started()
    const app = bench.start()
    const ran: string[] = []
    app.postDelayed(10, () => ran.push('late'))
    const { heard } = await ask(app)
    bench.effects.hold(true)
    await must(bench, { control: 'touch', finger: 'wrong' })
    bench.effects.drop()
    bench.effects.hold(false)
    await must(bench, { control: 'advance-clock', by: 60_000 })
    await quiet()
    expect([heard, ran, bench.phases, bench.prompts.up()]).toEqual([[], [], ['shown', 'missed', 'lost'], false])
  })
})

describe('an app that misbehaves never takes the harness with it', () => {
  test.each<[string, () => void]>([
    [
      'throws',
      () => {
        throw new Error('oops')
      },
    ],
    [
      'throws later',
      async () => {
        throw new Error('oops')
      },
    ],
    ['throws nothing', () => Promise.reject()],
  ])('a callback that %s ends the process, and says so in its log', async (_name, throws) => {
    const { start, prompts, device, phases } = started()
    const app = start()
    let missed = 0
    app
      .activity()
      .biometricPrompt({
        onAuthenticationSucceeded: throws,
        onAuthenticationError: () => {},
        onAuthenticationFailed: () => {
          missed++
          return throws()
        },
      })
      .authenticate(strongPrompt)
    await quiet()
    await device.apply({ control: 'touch', finger: 'wrong' })
    await quiet()
    expect([missed, device.ended?.(), prompts.up(), phases]).toEqual([1, true, false, ['shown', 'missed', 'lost']])
    expect(await toldOf(app.noBackupFiles.list())).toBe('never answered')
    device.effects?.drop()
    expect([device.ended?.(), await got(start().noBackupFiles.list())]).toEqual([false, []])
    const [log] = await traced(device)
    expect(Buffer.from(log?.bytes ?? []).toString()).toContain('FATAL EXCEPTION')
  })
})
