import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const files = ['setup', 'bin'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.mjs'))
    .map((name) => join(folder, name)),
)

it.each(files)("%s needs nothing but Node's own modules and its neighbours", (file) => {
  const code = readFileSync(join(root, file), 'utf8')
  const imported = [...code.matchAll(/(?:from|import\() ?'([^']+)'/g)].map((match) => match[1])
  expect(imported.filter((name) => !/^node:|^\.\.?\/[\w/-]+\.mjs$|^\.\/\w+\.mjs$/.test(name ?? ''))).toEqual([])
})
