import { expect, test } from 'vitest'
import { canOccur } from './occurs.ts'
import { phoneDescription } from './sample-history.ts'

const place = (platform: 'android' | 'ios', ...controls: readonly string[]) => ({
  description: phoneDescription(platform),
  controls: new Set(controls),
})

test('most situations can occur anywhere', () => {
  expect(canOccur('ordinary-read', place('ios'))).toBe(true)
})
test('one that takes a control, a platform or a profile needs it', () => {
  expect(canOccur('turned-while-prompting', place('android', 'rotate'))).toBe(true)
  expect(canOccur('turned-while-prompting', place('ios'))).toBe(false)
  expect(canOccur('button-of-prompt', place('ios', 'rotate'))).toBe(false)
  const { description } = place('android')
  expect(canOccur('gated', place('android'))).toBe(true)
  expect(canOccur('gated', { description: { ...description, profiles: ['store'] }, controls: new Set() })).toBe(false)
})
test('one that only an answer brings about is waited for by nobody', () => {
  expect(canOccur('ended-by-itself', place('android'))).toBe(false)
})
