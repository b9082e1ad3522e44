import { describe, expect, it } from 'vitest'
import type { Program } from '../contract/program.ts'
import { readToken, TokenError, writeToken } from './token.ts'

const program: Program = {
  commands: [
    { do: 'call', op: { op: 'put', name: 'a', value: { canary: 3, size: 17, kind: 'newline' } } },
    { do: 'start', op: { op: 'put', name: 'b', value: { canary: 4, size: 12, kind: 'text' } } },
    { do: 'control', control: { control: 'kill-app', atEffect: 2 } },
    { do: 'call', op: { op: 'get', name: 'e\u0301\0' } },
  ],
  schedule: [1, 0, 3],
}
const replay = { holdfast: '0.1.0', target: 'python-keyring@linux-container', requirement: 'PST-02', program }

describe('a token', () => {
  it('is the program', () => expect(readToken(writeToken(replay))).toEqual(replay))
  it('reads an empty schedule and an empty program', () => {
    const empty = { ...replay, program: { commands: [], schedule: [] } }
    expect(readToken(writeToken(empty))).toEqual(empty)
  })
  it('stays short enough to paste', () => expect(writeToken(replay).length).toBeLessThan(240))
  it('says when it is cut or of something else', () => {
    expect(() => readToken(writeToken(replay).slice(0, -9))).toThrow(TokenError)
    expect(() => readToken('hello')).toThrow(/begin with/)
  })
})
