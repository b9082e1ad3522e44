import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { engineAddress, pingEngine, stopEngine } from './engine.mjs'

const folder = mkdtempSync(join(tmpdir(), 'holdfast-engine-'))
afterAll(() => rmSync(folder, { recursive: true }))

const pingOfServer = async (name: string, answer: string) => {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(answer))
  })
  const path = join(folder, name)
  server.listen(path)
  await once(server, 'listening')
  const state = await pingEngine(`unix://${path}`)
  server.close()
  return state
}

it('looks where DOCKER_HOST says, else at the usual sockets', () => {
  const at = (path: string) => (asked: string) => asked === path
  expect(engineAddress({ DOCKER_HOST: 'tcp://farm:2375' }, '/home/ada', () => true)).toBe('tcp://farm:2375')
  expect(engineAddress({}, '/home/ada', at('/home/ada/.docker/run/docker.sock'))).toBe(
    'unix:///home/ada/.docker/run/docker.sock',
  )
  expect(engineAddress({}, '/home/ada', () => false)).toBeNull()
})

it('tells an engine that answers from one that errs, and from a socket that nobody serves', async () => {
  expect(await pingOfServer('well', 'HTTP/1.0 200 OK\r\n\r\nOK')).toBe('running')
  expect(await pingOfServer('ill', 'HTTP/1.0 500 Internal Server Error\r\n\r\n')).toBe('nothing')
  expect(await pingEngine(`unix://${join(folder, 'nobody')}`)).toBe('nothing')
})

it('stops no process that set-up did not start', async () => {
  const run = () => Promise.reject(new Error('nothing may be run'))
  expect(await stopEngine(folder, run)).toBe(false)
  // A later process with the pid of one that was started earlier: this one here.
  writeFileSync(join(folder, 'engine.json'), JSON.stringify({ by: 'pid', pid: process.pid, started: '1' }))
  expect(await stopEngine(folder, run)).toBe(false)
})
