import { expect, test } from 'vitest'
import { patienceOf, usualPatience } from './patience.ts'

test('what an emulated processor does is waited for longer, and nothing else is', () => {
  for (const device of ['linux-vm', 'linux-vm-login']) {
    expect(patienceOf(device).callMs).toBeGreaterThan(usualPatience.callMs)
    expect(patienceOf(device).handshakeMs).toBeGreaterThan(usualPatience.handshakeMs)
  }
  expect(patienceOf('linux-container')).toBe(usualPatience)
})
