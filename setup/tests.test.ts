import { expect, it } from 'vitest'
import { countLine, countTests } from './tests.mjs'

const results = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0, testResults: [] }

it('says how many tests passed, failed and were skipped', () => {
  expect(countLine(countTests(results))).toBe('3 passed, 1 failed')
  expect(countLine(countTests({ ...results, numPendingTests: 1, numTodoTests: 1 }))).toBe(
    '3 passed, 1 failed, 2 skipped',
  )
})

it('counts a file that broke before its first test as failed, and one with a failed test only once', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
    { status: 'passed', assertionResults: [{ status: 'passed' }] },
  ]
  expect(countTests({ ...results, testResults }).failed).toBe(2)
})
