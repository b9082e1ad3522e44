import { expect, test } from 'vitest'
import type { StreamRecord } from '../harness/contract/stream.ts'
import { filmStrips } from './film.ts'

// A PNG's header, of 411 by 914.
const png = Buffer.from('89504e470d0a1a0a0000000d494844520000019b0000039208060000', 'hex').toString('base64')
const film = (target: string, frames: number): StreamRecord => ({
  type: 'film',
  target,
  what: 'a finger more is enrolled',
  frames: Array.from({ length: frames }, (_, index) => ({ caption: `step <${index}>`, png })),
})

test('every film becomes one strip with all its pictures and what they show', () => {
  const strips = filmStrips([film('reference@phone/1', 3), film('other', 0)])
  expect([...strips.keys()]).toEqual(['film-reference-phone-1.svg'])
  const [strip = ''] = strips.values()
  expect(strip.match(/<image /g)).toHaveLength(3)
  expect(strip).toContain('3. step &lt;2&gt;')
  expect(strip).toContain(`data:image/png;base64,${png}`)
  // In proportion: 206 wide as 411 is to 914.
  expect(strip).toMatch(/height="445"|height="458"/)
})
