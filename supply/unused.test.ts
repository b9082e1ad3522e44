import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')

it('no file, export or dependency is there that nobody uses', { timeout: 120_000 }, async () => {
  const told = await new Promise<string>((resolve) => {
    const knip = [join(root, 'node_modules/knip/bin/knip.js'), '--no-progress', '--reporter', 'compact']
    execFile(process.execPath, knip, { cwd: root, maxBuffer: 8 * 2 ** 20 }, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    )
  })
  expect(told).toBe('')
})
