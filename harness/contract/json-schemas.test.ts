import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { jsonSchemas } from './json-schemas.ts'

// HOLDFAST_WRITE=yes writes them anew, after a change of the contract that was meant.
const write = process.env.HOLDFAST_WRITE === 'yes'

describe('the JSON Schemas beside the contract', () => {
  it.each([...jsonSchemas()])('%s is what the code says', (name, text) => {
    const file = new URL(`./schema/${name}`, import.meta.url)
    if (write) writeFileSync(file, text)
    expect(readFileSync(file, 'utf8')).toBe(text)
  })
})
