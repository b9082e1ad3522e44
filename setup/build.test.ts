import { expect, it } from 'vitest'
import { isAsset, mainCompiled, pointToCompiled } from './build.mjs'

it('points addresses of source files to what was compiled from them, and leaves all else', () => {
  expect(pointToCompiled("new Worker(new URL('./judge-worker.ts', import.meta.url))")).toBe(
    "new Worker(new URL('./judge-worker.js', import.meta.url))",
  )
  const other = "new URL('./agent.py', import.meta.url); 'module:./vault.ts'"
  expect(pointToCompiled(other)).toBe(other)
})

it.each(['Dockerfile', 'agent.py', 'packages', 'stream.schema.json', 'page-bridge.js'])('takes %s along', (name) => {
  expect(isAsset(name)).toBe(true)
})
it.each(['vault.ts', 'vault.test.ts', 'README.md', 'x/__pycache__/agent.pyc'])('leaves %s', (name) => {
  expect(isAsset(name)).toBe(false)
})

it('points the package of a driver to what was compiled', () => {
  expect(mainCompiled('{ "main": "./driver/a.ts", "x": "b.ts" }')).toBe('{ "main": "./driver/a.js", "x": "b.ts" }')
})
