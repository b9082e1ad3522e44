import { expect, it } from 'vitest'
import { quantile } from './quantile.ts'

it('is the smallest value that covers the part', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
  expect([0.5, 0.95, 1].map((part) => quantile(hundred, part))).toEqual([50, 95, 100])
  expect([0.5, 0.95, 1].map((part) => quantile([3, 1, 2], part))).toEqual([2, 3, 3])
  expect(quantile([], 0.5)).toBeNaN()
})
