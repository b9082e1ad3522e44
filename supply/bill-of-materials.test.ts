import { expect, it } from 'vitest'
import { z } from 'zod'
import { billOfMaterials } from './bill-of-materials.ts'
import { projectLock } from './lock-file.ts'

const billSchema = z.object({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.literal('1.6'),
  components: z.array(
    z.object({
      purl: z.string().startsWith('pkg:npm/'),
      hashes: z.array(z.object({ alg: z.literal('SHA-512'), content: z.string().length(128) })).length(1),
    }),
  ),
})

it('lists each package that comes to whoever installs Holdfast, with its digest, and no tool of developers', () => {
  const text = billOfMaterials({ name: 'holdfast', version: '0.1.0' }, projectLock())
  const { components } = billSchema.parse(JSON.parse(text))
  const shipped = projectLock().filter(({ shipped }) => shipped)
  const purls = shipped.map(({ name, version }) => `pkg:npm/${name.replace('@', '%40')}@${version}`)
  expect(components.map(({ purl }) => purl).sort()).toEqual([...new Set(purls)].sort())
  expect(purls.some((purl) => purl.startsWith('pkg:npm/zod@'))).toBe(true)
  expect(text).not.toContain('pkg:npm/vitest@')
})
it('is the same for the same packages', () => {
  const once = () => billOfMaterials({ name: 'holdfast', version: '0.1.0' }, projectLock())
  expect(once()).toBe(once())
})
