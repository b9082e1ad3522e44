import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Device, WatchedPrompts } from '../contract/device.ts'
import { settler } from './settle.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const deadlineMs = 1000
/** Prompts that are seen only by looking: none is ever up. */
const watched: WatchedPrompts = { look: async () => false, answer: async () => false, onPhase() {} }

/** Calls that answer when a test says so, on a device where effects cannot be seen. */
function calls(device: Partial<Device>) {
  const settle = settler(device as Device, [], deadlineMs, () => false)
  const call = () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    let answered = false
    const answer = () => {
      answered = true
      resolve()
    }
    settle.watch(promise)
    const ended: string[] = []
    const wait = () => void settle.until(() => answered).then((how) => ended.push(how))
    return { answer, wait, ended }
  }
  return { call }
}

describe.each([
  ['by a deadline', {}],
  ['by looking', { watched }],
] as const)('several calls that are waited for at once, %s', (_, device) => {
  it('each end with their own answer, and leave no timer', async () => {
    const { call } = calls(device)
    const [first, second, third] = [call(), call(), call()]
    for (const one of [first, second, third]) one.wait()
    second.answer()
    await vi.advanceTimersByTimeAsync(0)
    expect([first.ended, second.ended, third.ended]).toEqual([[], ['done'], []])
    first.answer()
    third.answer()
    await vi.advanceTimersByTimeAsync(0)
    expect([first.ended, second.ended, third.ended]).toEqual([['done'], ['done'], ['done']])
    expect(vi.getTimerCount()).toBe(0)
  })
  it('meet the deadline where no answer comes, whatever became of the others', async () => {
    const { call } = calls(device)
    const [first, second] = [call(), call()]
    first.wait()
    second.wait()
    first.answer()
    await vi.advanceTimersByTimeAsync(deadlineMs * 2)
    expect([first.ended, second.ended]).toEqual([['done'], ['deadline']])
    expect(vi.getTimerCount()).toBe(0)
  })
  it('one answer wakes all that wait for it', async () => {
    const { call } = calls(device)
    const one = call()
    one.wait()
    one.wait()
    one.answer()
    await vi.advanceTimersByTimeAsync(0)
    expect(one.ended).toEqual(['done', 'done'])
    expect(vi.getTimerCount()).toBe(0)
  })
  it('what was answered before is not waited for', async () => {
    const { call } = calls(device)
    const one = call()
    one.answer()
    one.wait()
    await vi.advanceTimersByTimeAsync(0)
    expect(one.ended).toEqual(['done'])
    expect(vi.getTimerCount()).toBe(0)
  })
})
