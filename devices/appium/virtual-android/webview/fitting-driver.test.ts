import { expect, test } from 'vitest'
import { requireFitting } from './fitting-driver.ts'

const fitting = (chromium: string, chromedriver: string) =>
  requireFitting('chromium', 'chromedriver', async (command) => {
    const told = command === 'chromium' ? chromium : chromedriver
    if (told === '') throw new Error('it ended with 1')
    return told
  })

test('a chromedriver of the same major version fits', async () => {
  await expect(fitting('Chromium 156.0.1.2 built on Debian', 'ChromeDriver 156.0.9.9 (x)')).resolves.toBeUndefined()
})
test.each([
  ['Chromium 156.0.1.2', 'ChromeDriver 90.0.1.2', /^chromedriver 90 does not fit Chromium 156: install/],
  ['Chromium 156.0.1.2', '', /^chromedriver does not tell its version/],
  ['', 'ChromeDriver 90.0.1.2', /^chromium does not tell its version/],
])('%s with %s is told in one sentence', async (chromium, chromedriver, sentence) => {
  await expect(fitting(chromium, chromedriver)).rejects.toThrow(sentence)
})
