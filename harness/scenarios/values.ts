import type { ValueKind } from '../contract/values.ts'
import { boundarySizes, calls, ordinarySizes, programs, type StoryStep, wideSizes } from './commands.ts'
import type { Ground, Scenario } from './scenario.ts'

/** Values with a mark that one program writes. */
const marks = 10

/** A look at an absent entry, one special value over an ordinary one, and a look at it. */
function stories(ground: Ground) {
  const get = calls(ground, { names: ['a'], weights: { get: 1 } })
  const put = calls(ground, { names: ['a'], weights: { put: 1 } })
  const list = calls(ground, { names: ['a'], weights: { list: 1 } })
  const special = (kinds: readonly ValueKind[]) => calls(ground, { names: ['a'], kinds, weights: { put: 1 } })
  const large = calls(ground, { names: ['a'], sizes: boundarySizes(ground), weights: { put: 1 } })
  const widths = wideSizes(ground)
  const wide: readonly StoryStep[] =
    widths === null ? [] : [calls(ground, { names: ['a'], kinds: ['wide'], sizes: widths, weights: { put: 1 } })]
  const other = (kinds: readonly ValueKind[]) => calls(ground, { names: ['b'], kinds, weights: { put: 1 } })
  return [
    [get, put, special(['empty', 'nul']), get],
    [get, put, special(['newline', 'unicode', 'binary', 'wide']), get, special(['unicode', 'newline']), get],
    [get, put, special(['hex', 'base64']), get, special(['base64']), get, special(['base64', 'hex']), get],
    // There are many marks, and a store knows one.
    Array.from({ length: marks }, () => [special(['prefixed']), get]).flat(),
    // Where a vault has one entry there is no other that could be harmed.
    ...(ground.description.profiles.includes('store') ? [[put, other(['newline']), get, list]] : []),
    [get, put, large, get, large, get, list],
    ...wide.map((write) => [get, put, write, get, write, get]),
  ]
}

/** Values of every kind and size, written and read back. */
export const values: Scenario = {
  id: 'values',
  about: 'values of every kind and size are written and read back',
  reaches: [
    'ordinary-write',
    'ordinary-read',
    'marked-text',
    'encoded-text',
    'read-beside-line-ends',
    'nul-inside',
    'empty-value',
    'large-value',
    'wide-value',
    'listed-after-large',
    'round-trip',
    'absent-read',
    'secret-handled',
    'files-searched',
    'attributes-searched',
  ],
  fits: () => true,
  program: (ground) =>
    programs(
      ground,
      [
        ...calls(ground, {
          names: ['a', 'b'],
          kinds: ['text', 'newline', 'unicode', 'hex', 'base64', 'prefixed', 'wide', 'nul', 'binary', 'empty'],
          sizes: ordinarySizes,
          weights: { put: 6, get: 7, delete: 1, has: 1, list: 1, availability: 1 },
        }),
        ...calls(ground, { names: ['a', 'b'], sizes: boundarySizes(ground), weights: { put: 2 } }),
      ],
      stories(ground),
    ),
}
