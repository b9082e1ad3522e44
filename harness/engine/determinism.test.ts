import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { type SampleRun, sampleRun } from './sample-run.ts'

describe('the same seed on F0', () => {
  let first: SampleRun
  let second: SampleRun
  beforeAll(async () => {
    first = await sampleRun(7)
    second = await sampleRun(7)
  })

  it('shows enough to compare: programs of every kind, failures and their tokens', () => {
    expect(first.histories.length).toBeGreaterThan(150)
    expect(first.histories.join()).toMatch(/"result":"armed"/)
    expect(first.histories.join()).toMatch(/"do":"start"/)
    expect(first.tokens.length).toBeGreaterThan(1)
  })
  it('gives the same histories, byte for byte', () => {
    expect(second.histories).toEqual(first.histories)
  })
  it('gives the same records and tokens, byte for byte', () => {
    expect(second.records).toEqual(first.records)
    expect(second.tokens).toEqual(first.tokens)
  })
  it('gives the same in a process of its own', async () => {
    const script = `import { sampleRun } from ${JSON.stringify(new URL('./sample-run.ts', import.meta.url).href)}
      process.stdout.write((await sampleRun(7)).digest)`
    const child = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
    expect(child.stdout).toBe(first.digest)
  })
  it('and another seed gives another run', async () => {
    const other = await sampleRun(8)
    expect(other.histories).not.toEqual(first.histories)
    expect(other.digest).not.toBe(first.digest)
  })
})
