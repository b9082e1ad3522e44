import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openChildChannel } from './child-channel.ts'

const run = (script: string, more: Partial<Parameters<typeof openChildChannel>[1]> = {}) =>
  openChildChannel([process.execPath, '-e', script], { environment: process.env, ...more })
async function first(lines: AsyncIterable<string>, count: number): Promise<string[]> {
  const taken: string[] = []
  const iterator = lines[Symbol.asyncIterator]()
  while (taken.length < count) {
    const next = await iterator.next()
    if (next.done === true) break
    taken.push(next.value)
  }
  return taken
}
const isThere = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('a child process as a channel', () => {
  it('carries lines both ways, whole, and its errors beside them', async () => {
    await using child = await run(
      `process.stdin.setEncoding('utf8').on('data', (s) => process.stdout.write(s)).on('end', () => {
         console.error('bye'); process.stdout.write('no line end') })`,
    )
    const line = `ä${'x'.repeat(200_000)}`
    child.send(line)
    child.send('second')
    expect(await first(child.lines, 2)).toEqual([line, 'second'])
    await child.kill()
    expect(await child.ended).toBe('SIGKILL')
  })
  it('ends its lines with the process and tells the status', async () => {
    await using child = await run(`console.error('why'); process.stdout.write('a\\nb'); process.exitCode = 7`)
    expect(await first(child.lines, 9)).toEqual(['a', 'b'])
    expect(await child.ended).toBe('7')
    expect(child.takeErrors()).toBe('why\n')
    expect(child.takeErrors()).toBe('')
    expect(() => child.send('x')).toThrow('has ended (7)')
  })
  it('kills what the process has started too', async () => {
    await using child = await run(
      `const { spawn } = require('node:child_process')
       const grandchild = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })
       console.log(grandchild.pid); process.stdin.resume()`,
    )
    const [pid] = await first(child.lines, 1)
    expect(isThere(Number(pid))).toBe(true)
    await child.kill()
    // The pipe closes when its last holder is gone, and that is the grandchild.
    expect(await first(child.lines, 1)).toEqual([])
  })
  // Written by `writeSync`, which waits for the pipe: `process.stdout` would pile the flood up in the child's memory.
  it('lets a flood wait in the pipe', async () => {
    await using flood = await run(`for (;;) require('node:fs').writeSync(1, 'x'.repeat(1000) + '\\n')`)
    expect(await first(flood.lines, 3)).toHaveLength(3)
    await flood.kill()
    expect(await flood.ended).toBe('SIGKILL')
  })
  it('ends a process that writes a line without end', async () => {
    await using endless = await run(`for (;;) require('node:fs').writeSync(1, 'x'.repeat(1000))`, {
      longestLine: 20_000,
    })
    await expect(first(endless.lines, 1)).rejects.toThrow('a line of more than 20000 characters')
    expect(await endless.ended).toBe('SIGKILL')
  })
  it.skipIf(process.platform !== 'linux')('takes the process along when we are killed ourselves', async () => {
    await using server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const inner = `require('node:net').connect(${port}, '127.0.0.1').resume()`
    const outer = `import { openChildChannel } from ${JSON.stringify(join(import.meta.dirname, 'child-channel.ts'))}
      await openChildChannel([process.execPath, '-e', ${JSON.stringify(inner)}], { environment: process.env })
      setInterval(() => {}, 1000)`
    const accepted = once(server, 'connection')
    await using child = await openChildChannel([process.execPath, '--input-type=module', '-e', outer], {
      environment: process.env,
    })
    const [socket] = await accepted
    const closed = once(socket.resume(), 'close')
    await child.kill()
    await closed
  })
  it('keeps the last of a flood of errors and says what it dropped', async () => {
    await using child = await run(
      `process.stderr.write('y'.repeat(500_000), () => { console.error('last'); console.log('') })`,
      {
        keptErrors: 100_000,
      },
    )
    await first(child.lines, 1)
    await child.ended
    const errors = child.takeErrors()
    expect(errors.length).toBeLessThan(200_000)
    expect(errors).toMatch(/^\[\d+ bytes dropped\]\n/)
  })
  it('refuses to send to a process that does not read', async () => {
    await using child = await run(`setInterval(() => {}, 1000)`, { mostUnread: 200_000 })
    expect(() => {
      for (let i = 0; i < 100; i++) child.send('z'.repeat(100_000))
    }).toThrow('does not read')
  })
  it('says what could not be started', async () => {
    const open = openChildChannel(['holdfast-no-such-program'], { environment: process.env })
    await expect(open).rejects.toThrow("'holdfast-no-such-program' could not be started (ENOENT)")
    await expect(openChildChannel([], { environment: {} })).rejects.toThrow('no command')
  })
})
