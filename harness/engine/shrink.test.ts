import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Program } from '../contract/program.ts'
import { sampleStore } from '../contract/sample-store.ts'
import { overlap } from '../scenarios/overlap.ts'
import { restarts } from '../scenarios/restarts.ts'
import { shrink } from './shrink.ts'

const description = sampleStore
const ground = { description, controls: new Set(['kill-app', 'restart-machine']), commands: 20 }

/** Whether these happen in this order, with anything between. */
const inOrder =
  (...wanted: readonly string[]) =>
  async ({ commands }: Program) => {
    const left = [...wanted]
    for (const command of commands) {
      const name = command.do === 'control' ? command.control.control : command.op.op
      if (name === left[0]) left.shift()
    }
    return left.length === 0
  }

describe('shrinking', () => {
  const fails = inOrder('put', 'kill-app', 'get')
  const found = async () => {
    for (const program of fc.sample(restarts.program(ground), { seed: 2, numRuns: 200 }))
      if (program.commands.length > 12 && (await fails(program))) return program
    throw new Error('no such program among the generated')
  }
  it('keeps the commands that matter, in their plainest form', async () => {
    const { program } = await shrink(restarts.program(ground), await found(), 400, fails)
    expect(program.commands.map((command) => (command.do === 'control' ? command.control : command.op.op))).toEqual([
      'put',
      { control: 'kill-app' },
      'get',
    ])
    expect(program.schedule).toEqual([])
  })
  it('puts a plain kill where an armed one struck', async () => {
    const put = { do: 'call', op: { op: 'put', name: 'a', value: { canary: 0, size: 12, kind: 'text' } } } as const
    const get = { do: 'call', op: { op: 'get', name: 'a' } } as const
    const armed = { do: 'control', control: { control: 'kill-app', atEffect: 3 } } as const
    const program: Program = { commands: [armed, put, get, get, get], schedule: [] }
    /** An effect for each call: what is asked is a death between a write and a read. */
    const struck = async ({ commands }: Program) => {
      const ops: string[] = []
      let left = Number.POSITIVE_INFINITY
      for (const command of commands) {
        if (command.do !== 'control') ops.push(left-- === 0 ? 'death' : command.op.op)
        else if (command.control.control === 'kill-app') {
          if (command.control.atEffect === undefined) ops.push('death')
          else left = command.control.atEffect
        }
      }
      return /put,(get,)*death/.test(ops.join()) && ops.lastIndexOf('get') >= 0
    }
    const shrunk = await shrink(restarts.program(ground), program, 200, struck)
    expect(shrunk.program.commands).not.toContainEqual(armed)
    expect(shrunk.program.commands.length).toBeLessThanOrEqual(3)
  })
  it('executes no more often than it may, and keeps the best so far', async () => {
    const long = await found()
    let runs = 0
    const counted = async (program: Program) => {
      runs++
      return fails(program)
    }
    const shrunk = await shrink(restarts.program(ground), long, 5, counted)
    expect(runs).toBeLessThanOrEqual(5)
    expect(shrunk.runs).toBe(runs)
    expect(await fails(shrunk.program)).toBe(true)
  })
  it('never slips onto a program that does not fail', async () => {
    const program = fc.sample(overlap.program(ground), { seed: 9, numRuns: 1 })[0]
    if (program === undefined) throw new Error('nothing was generated')
    const shrunk = await shrink(overlap.program(ground), program, 100, async () => false)
    expect(shrunk.program).toEqual(program)
  })
})

describe('an armed kill', () => {
  const put = (canary: number): Program['commands'][number] => ({
    do: 'call',
    op: { op: 'put', name: 'a', value: { canary, size: 16, kind: 'text' } },
  })
  const get: Program['commands'][number] = { do: 'call', op: { op: 'get', name: 'a' } }
  const armed = (atEffect: number): Program['commands'][number] => ({
    do: 'control',
    control: { control: 'kill-app', atEffect },
  })
  /** Two effects for each call; where the kill falls, counted from the beginning. */
  const falls = ({ commands }: Program): number | null => {
    let passed = 0
    for (const command of commands) {
      if (command.do !== 'control') passed += 2
      else if (command.control.control === 'kill-app') return passed + (command.control.atEffect ?? 0)
    }
    return null
  }
  const last = ({ commands }: Program) => 2 * commands.filter((command) => command.do !== 'control').length

  it('that falls between two calls becomes a plain one there', async () => {
    const program = { commands: [armed(4), put(1), put(2), get], schedule: [] }
    const fails = async (one: Program) => (falls(one) ?? 1) % 2 === 0 && (falls(one) ?? 0) > 0
    const { commands } = (await shrink(restarts.program(ground), program, 500, fails)).program
    expect(commands).toHaveLength(2)
    expect(commands[1]).toEqual({ do: 'control', control: { control: 'kill-app' } })
  })
  it('that falls within one comes at an earlier effect once calls before it are gone', async () => {
    const program = { commands: [armed(5), put(1), put(2), get], schedule: [] }
    // It must fall within the last call.
    const fails = async (one: Program) => falls(one) === last(one) - 1
    const { commands } = (await shrink(restarts.program(ground), program, 500, fails)).program
    expect(commands).toHaveLength(2)
    expect(commands[0]).toEqual(armed(1))
  })
  it('that falls within one comes at a later effect where what a call left behind now happens after it', async () => {
    const program = { commands: [put(1), get, armed(1), put(2)], schedule: [] }
    /** Two effects for each call, and one that a write leaves to the next call. It must fall at the second of the last. */
    const fails = async ({ commands }: Program) => {
      let left: number | null = null
      let waiting = 0
      for (const [index, command] of commands.entries()) {
        if (command.do === 'control')
          left = command.control.control === 'kill-app' ? (command.control.atEffect ?? 0) : left
        else {
          if (left !== null) return index === commands.length - 1 && index > 1 && left === waiting + 1
          waiting = command.op.op === 'put' ? 1 : 0
        }
      }
      return false
    }
    const { commands } = (await shrink(restarts.program(ground), program, 500, fails)).program
    expect(commands.map((command) => (command.do === 'control' ? command.control : command.op.op))).toEqual([
      'put',
      { control: 'kill-app', atEffect: 2 },
      'put',
    ])
  })
})

describe('plainer forms', () => {
  const put: Program['commands'][number] = {
    do: 'call',
    op: { op: 'put', name: 'a', value: { canary: 0, size: 12, kind: 'text' } },
  }
  const get = { do: 'call', op: { op: 'get', name: 'a' } } as const
  const told = ({ commands }: Program) =>
    commands.map((one) => (one.do === 'control' ? one.control.control : `${one.do} ${one.op.op}`)).join()
  const shrunk = async (commands: Program['commands'], fails: (told: string) => boolean) =>
    told(
      (await shrink(restarts.program(ground), { commands, schedule: [] }, 500, async (one) => fails(told(one))))
        .program,
    )

  it('what ends the process whatever else it does becomes a kill, and what it needed goes', async () => {
    const copy = { do: 'control', control: { control: 'copy-files' } } as const
    const restore = { do: 'control', control: { control: 'restore-files' } } as const
    const commands = [copy, put, restore, get]
    const fails = (told: string) =>
      /put,(?:\S+,)?kill-app,call get$/.test(told) || /copy-files,call put,restore-files,call get$/.test(told)
    expect(await shrunk(commands, fails)).toBe('call put,kill-app,call get')
    // Unless it is about the restored files.
    expect(await shrunk(commands, (told) => told === 'copy-files,call put,restore-files,call get')).toBe(
      'copy-files,call put,restore-files,call get',
    )
  })
  it('a started call is made after the controls behind it, where they need not interrupt it', async () => {
    const enrol = { do: 'control', control: { control: 'restart-machine' } } as const
    const commands = [put, { ...get, do: 'start' }, enrol, enrol] as const
    const before = (told: string) => told.indexOf('restart-machine') < told.indexOf('get')
    const fails = (told: string) =>
      told.includes('restart-machine') && (before(told) ? told.includes('call get') : told.includes('start get'))
    expect(await shrunk(commands, fails)).toBe('restart-machine,call get')
  })
})
