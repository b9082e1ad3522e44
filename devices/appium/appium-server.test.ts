import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findAppium, startAppium } from './appium-server.ts'
import { createOwnRun } from './own-run.ts'

let project = ''
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'appium-server-test-'))
})
afterEach(() => rm(project, { recursive: true, force: true }))

const install = async (name: string, version: string) => {
  const folder = join(project, 'node_modules', name)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name, version }))
}
const find = () =>
  findAppium({ project, driver: { name: 'uiautomator2', package: 'appium-uiautomator2-driver' } }, [
    pathToFileURL(join(project, 'package.json')).href,
  ])

test('says in one sentence what is not there, or not as it must be, and what to run', async () => {
  expect(find).toThrow(/^Appium is not installed in .*npm install --save-dev appium@3 appium-uiautomator2-driver\.$/)
  await install('appium', '2.19.0')
  expect(find).toThrow(/^Appium 2\.19\.0 is installed, and this Holdfast drives Appium 3: run .*appium@3\.$/)
  await install('appium', '3.1.0')
  expect(find).toThrow(/^Appium's driver uiautomator2 is not installed in .*appium-uiautomator2-driver\.$/)
  await install('appium-uiautomator2-driver', '8.0.0')
  expect(find()).toMatchObject({
    version: '3.1.0',
    driver: { folder: join(project, 'node_modules', 'appium-uiautomator2-driver') },
  })
})

test.each([
  ['never answers', 'setInterval(() => {}, 1000)', /^Appium does not answer within 50 ms/],
  ['ends by itself', "console.log('no such option'); process.exit(3)", /^Appium ended \(3\): no such option$/],
])('one that %s is told as that', async (_, program, sentence) => {
  await install('appium', '3.1.0')
  await writeFile(join(project, 'node_modules', 'appium', 'index.js'), program)
  await using run = await createOwnRun(project)
  const driver = { name: 'none', package: 'appium-none-driver', folder: project }
  // What ends has all the time that it needs to say why.
  const readyMs = program.includes('exit') ? 60_000 : 50
  await expect(startAppium(run, { project, driver, insecure: [], env: process.env, readyMs })).rejects.toThrow(sentence)
})
