import { expect, it } from 'vitest'
import { runChild } from './child.mjs'

const node = (code: string) => runChild(process.execPath, ['-e', code], { stdio: 'ignore' })

it('passes an exit code on', async () => {
  expect(await node('process.exit(7)')).toBe(7)
})

it('gives the code of a shell for a signal', async () => {
  expect(await node("process.kill(process.pid, 'SIGTERM')")).toBe(143)
})

it('hands SIGTERM on, and leaves no handler behind', async () => {
  const before = process.listenerCount('SIGTERM')
  const ended = runChild(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  process.emit('SIGTERM')
  expect(await ended).toBe(143)
  expect(process.listenerCount('SIGTERM')).toBe(before)
})

it('rejects where the program is not there', async () => {
  await expect(runChild('/no/such/program', [])).rejects.toThrow('ENOENT')
})
