import { expect, test } from 'vitest'
import { PageGone } from './driven-phone.ts'
import { webviewChannel } from './webview-channel.ts'

/** A page whose bridge answers each line when it is told to. */
const rig = async () => {
  const done: string[] = []
  const given: string[] = []
  let ready: string[] = []
  let failure: Error | null = null
  const channel = await webviewChannel({
    showApp: async () => void done.push('shown'),
    killApp: async () => void done.push('killed'),
    async exchange(lines) {
      given.push(...lines)
      await new Promise((resolve) => setImmediate(resolve))
      if (failure !== null) throw failure
      const taken = ready
      ready = []
      return taken
    },
  })
  return {
    channel,
    done,
    given,
    lines: channel.lines[Symbol.asyncIterator](),
    answer: (line: object) => ready.push(JSON.stringify(line)),
    fail(error: Error) {
      failure = error
    },
  }
}

test('a call is fired and its answer fetched later, answers in any order', async () => {
  const { channel, done, given, lines, answer } = await rig()
  channel.send('{"id":1,"op":"get"}')
  channel.send('{"id":2,"op":"get"}')
  answer({ id: 2, ok: null })
  expect((await lines.next()).value).toBe('{"id":2,"ok":null}')
  answer({ id: 1, ok: true })
  expect((await lines.next()).value).toBe('{"id":1,"ok":true}')
  expect([done, given]).toEqual([['shown'], ['{"id":1,"op":"get"}', '{"id":2,"op":"get"}']])
})

test('a page that is gone ends the channel, and what else fails is told', async () => {
  const gone = await rig()
  gone.fail(new PageGone('no such window'))
  gone.channel.send('{"id":1,"op":"get"}')
  expect(await gone.channel.ended).toBe('the page is gone')
  expect((await gone.lines.next()).done).toBe(true)
  expect(() => gone.channel.send('{"id":2}')).toThrow('gone')

  const broken = await rig()
  broken.fail(new Error('no page bridge'))
  broken.channel.send('{"id":1,"op":"get"}')
  await expect(broken.lines.next()).rejects.toThrow('no page bridge')
})

test('a kill ends it at once and stops the app once', async () => {
  const { channel, done } = await rig()
  await channel.kill()
  await channel.kill()
  expect(await channel.ended).toBe('killed')
  expect(done).toEqual(['shown', 'killed'])
})
