import { spawnSync } from 'node:child_process'
import { describe, expect, it, test } from 'vitest'
import { model } from '../devices/model/model.ts'
import sound from '../fixtures/sound/store.ts'
import { type Code, codeNames } from '../harness/contract/codes.ts'
import { descriptionSchema } from '../harness/contract/description.ts'
import { type MappingRow, mappingBasis, mappingRowSchema, type NativeError } from '../harness/contract/mapping.ts'
import { requestSchema, responseSchema } from '../harness/contract/protocol.ts'
import type { StreamRecord } from '../harness/contract/stream.ts'
import type { VaultModule } from '../harness/contract/vault.ts'
import { judgeTarget } from '../harness/engine/judge-target.ts'
import { inProcessTarget } from '../harness/engine/target.ts'
import { requirements } from '../harness/requirements/index.ts'
import { blocksOf, readPage } from './pages.ts'
import { runCommand } from './run-command.ts'

const page = readPage('docs/adapters.md')
const blocks = blocksOf(page)
const linesOf = (info: string, side: '>' | '<'): readonly unknown[] =>
  blocks
    .filter((block) => block.info === info)
    .flatMap(({ text }) => text.split('\n').filter((line) => line.startsWith(side)))
    .map((line) => JSON.parse(line.slice(1)))

describe('what is said', () => {
  it.each(['transcript', 'transcript-shape'])('is of the protocol: %s', (info) => {
    const requests = linesOf(info, '>')
    expect(requests.length).toBeGreaterThan(1)
    for (const request of requests) expect(requestSchema.safeParse(request).error).toBeUndefined()
    for (const response of linesOf(info, '<')) expect(responseSchema.safeParse(response).error).toBeUndefined()
  })
  it.skipIf(spawnSync('python3', ['--version']).status !== 0)('is what the example answers', async () => {
    const input = linesOf('transcript', '>').map((request) => JSON.stringify(request))
    const { output } = await runCommand(
      ['python3', '-B', 'fixtures/examples/plain_adapter.py'],
      `${input.join('\n')}\n`,
    )
    const answers = output.trim().split('\n')
    expect(answers.map((line) => JSON.parse(line))).toEqual(linesOf('transcript', '<'))
  })
})

test('every field of the description and every way to match has its row', () => {
  for (const name of [...Object.keys(descriptionSchema.shape), ...mappingBasis])
    expect(page).toContain(`\n| \`${name}\` |`)
})

/** A sound store whose failures look like those of one example. */
const speaking = (nativeOf: (code: Code) => NativeError, mapping: readonly MappingRow[]): VaultModule => ({
  description: { ...sound.description, mapping: [...mapping] },
  open(context) {
    const vault = sound.open(context)
    return {
      description: vault.description,
      async invoke(call) {
        const answer = await vault.invoke(call)
        if (answer.is !== 'fail' || answer.failure.code === 'unsupported') return answer
        return { is: 'native', native: nativeOf(answer.failure.code) }
      },
    }
  },
})
const native = (type: string | null, message: string): NativeError => ({ domain: 'vault', code: null, type, message })
const classes: Partial<Record<Code, string>> = {
  'not-found': 'NotFound',
  'store-locked': 'Locked',
  unavailable: 'NoService',
  'too-large': 'TooLarge',
}
const sentences: Partial<Record<Code, string>> = {
  'not-found': 'There is no such entry.',
  'store-locked': 'The keyring is locked.',
  unavailable: 'There is no keyring service.',
  'too-large': 'This value is too large.',
}
const kinds: Readonly<Record<string, (code: Code) => NativeError>> = {
  typed: (code) => native(`vault.${classes[code] ?? 'Error'}`, ''),
  text: (code) => native('vault.Error', sentences[code] ?? 'Something went wrong.'),
  null: () => native(null, ''),
}

async function failedBy(vault: VaultModule): Promise<{ failed: readonly string[]; blamed: readonly string[] }> {
  const records: StreamRecord[] = []
  const judged = judgeTarget(async () => inProcessTarget(vault, model()), {
    name: 'example@model',
    vault: 'module:example',
    version: '0',
    seed: 1,
    budget: { programs: 100, commands: 20, shrinkRuns: 20 },
    requirements,
    baseline: { known: [] },
    today: '2026-01-01',
    prefix: 'holdfast',
    deadlineMs: 1000,
    cut: () => null,
    beat() {},
    mustReach: false,
  })
  for await (const record of judged) records.push(record)
  const verdicts = records.filter((record) => record.type === 'verdict')
  expect(records.map(({ type }) => type)).not.toContain('target-error')
  expect(verdicts.map(({ verdict }) => verdict.is)).toContain('pass')
  return {
    failed: verdicts.filter(({ verdict }) => verdict.is === 'fail').map(({ requirement }) => requirement),
    blamed: records.flatMap((record) => (record.type === 'failure' ? [record.blame] : [])),
  }
}

describe('the three mappings', () => {
  it.each(Object.keys(kinds))('earn what the page says: %s', { timeout: 60_000 }, async (kind) => {
    const example = blocks.find(({ info }) => info === `json mapping=${kind}`)
    const table = mappingRowSchema.array().parse(JSON.parse(example?.text ?? 'null'))
    const after = page.slice(page.indexOf(`json mapping=${kind}`))
    const told = /^Fails: ([^.,]+(?:, [A-Z]+-\d+)*)/m.exec(after)?.[1] ?? ''
    const nativeOf = kinds[kind]
    if (nativeOf === undefined) throw new Error(`no example ${kind}`)
    const { failed } = await failedBy(speaking(nativeOf, table))
    expect(failed).toEqual(told.split(', ').filter((id) => /^[A-Z]+-\d+$/.test(id)))
  })
  it('text that was reworded is told as the fault of the adapter', { timeout: 60_000 }, async () => {
    const table = mappingRowSchema
      .array()
      .parse(JSON.parse(blocks.find(({ info }) => info === 'json mapping=text')?.text ?? 'null'))
    const { failed, blamed } = await failedBy(speaking(() => native('vault.Error', 'Es ging nicht.'), table))
    expect(failed).toContain('SS-02')
    expect(new Set(blamed)).toEqual(new Set(['adapter']))
  })
})

test('the codes are all there', () => {
  for (const code of codeNames) expect(page).toContain(`| \`${code}\` |`)
})
