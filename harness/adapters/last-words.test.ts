import { expect, test } from 'vitest'
import { lastWords } from './last-words.ts'

test.each([
  ['nothing was said', '\n \n', ''],
  [
    'the last line',
    'Traceback\n  File "a"\nModuleNotFoundError: No module named keyring\n',
    'ModuleNotFoundError: No module named keyring',
  ],
  [
    'not where node was when V8 gave up',
    '\n\n#\n# Fatal error in , line 0\n# Check failed: a == b.\n#\n#\n#\n#FailureMessage Object: 0x7f\n----- Native stack trace -----\n\n 1: 0xfd2d2e  [node]\n 9: 0x1addd09 [node]\n',
    '# Check failed: a == b.',
  ],
  ['not the frames of an error', 'TypeError: x\n    at run (a.js:1:1)\n    at b.js:2:2\n', 'TypeError: x'],
])('last words: %s', (_, errors, words) => {
  expect(lastWords(errors)).toBe(words)
})
