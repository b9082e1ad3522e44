import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { adbOf, requirePhone } from './own-adb.ts'

let closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing) await close()
  closing = []
})

/** A server of adb that knows its version and its phones. */
const server = async (version: number, phones: string): Promise<number> => {
  const counted = (text: string) => text.length.toString(16).padStart(4, '0') + text
  const listening = createServer((socket) =>
    socket.on('data', (asked) => {
      const told = asked.toString().endsWith('host:version') ? version.toString(16).padStart(4, '0') : phones
      socket.end(`OKAY${counted(told)}`)
    }),
  )
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise((resolve) => listening.close(() => resolve())))
  const address = listening.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
const require41 = (adbPort: number, serial: string) =>
  requirePhone({ adbPort, serial }, 'adb', async () => 'Android Debug Bridge version 1.0.41\nVersion 34.0.5')

test('a phone that is there, and a server that does not run yet, are in order', async () => {
  await require41(await server(41, 'emulator-5554\tdevice\n'), 'emulator-5554')
  await require41(9, 'emulator-5554')
})

test.each([
  ['a server of another version', 39, '', /is of version 39, and adb of 41, which would end it: use the adb that/],
  ['no phone', 41, '', /has no phone 'emulator-5554': start it, or name one that is there \(none is\)\.$/],
  ['another phone', 41, 'emulator-5556\tdevice\n', /has no phone 'emulator-5554': .*\(emulator-5556\)\.$/],
  ['a phone of a longer name', 41, 'xemulator-5554\tdevice\n', /has no phone 'emulator-5554'/],
  ['a phone that allows nothing', 41, 'emulator-5554\tunauthorized\n', /as 'unauthorized': .*allow debugging/],
])('%s is told in one sentence', async (_, version, phones, sentence) => {
  await expect(require41(await server(version, phones), 'emulator-5554')).rejects.toThrow(sentence)
})

test('an adb that is not there, or does not run, is told in one sentence', async () => {
  const sdk = await mkdtemp(join(tmpdir(), 'own-adb-test-'))
  closing.push(() => rm(sdk, { recursive: true }))
  expect(() => adbOf({})).toThrow(/^ANDROID_HOME is not set, .*: set it to your Android SDK\.$/)
  expect(() => adbOf({ ANDROID_HOME: sdk })).toThrow(/^There is no adb in .*platform-tools: install/)
  await mkdir(join(sdk, 'platform-tools'))
  await writeFile(join(sdk, 'platform-tools', 'adb'), '#!/bin/sh\nexit 1\n')
  await chmod(join(sdk, 'platform-tools', 'adb'), 0o755)
  await expect(requirePhone({ adbPort: 9, serial: 'x' }, adbOf({ ANDROID_HOME: sdk }))).rejects.toThrow(
    /adb does not tell its version: see whether it runs at all\.$/,
  )
})
