import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const options = { cwd: root, maxBuffer: 32 * 2 ** 20 }
/** What the search for secrets tells; the empty text where it finds none. */
const searched = (asked: readonly string[], input = ''): Promise<string> =>
  new Promise((resolve) => {
    const secretlint = join(root, 'node_modules/secretlint/bin/secretlint.js')
    const child = execFile(process.execPath, [secretlint, ...asked], options, (_, out, err) => resolve(out + err))
    child.stdin?.end(input)
  })

it('no file of the repository holds a key, a token or a password', { timeout: 120_000 }, async () => {
  const { stdout } = await promisify(execFile)('git', ['ls-files', '-z'], options)
  const files = stdout.split('\0').filter((file) => file !== '' && !file.endsWith('.png'))
  expect(files.length).toBeGreaterThan(1000)
  expect(await searched(['--no-glob', ...files])).toBe('')
})
it('one that does is told, and what it holds is not', { timeout: 30_000 }, async () => {
  // Put together here, so that this file holds none.
  const token = `ghp_${'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'}`
  const told = await searched(['--stdinFileName', 'leak.txt'], `token = ${token}\n`)
  expect(told).toContain('leak.txt')
  expect(told).toMatch(/GitHub/)
  expect(told).not.toContain(token)
})
