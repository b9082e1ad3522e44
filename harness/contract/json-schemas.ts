import { z } from 'zod'
import { descriptionSchema } from './description.ts'
import { programSchema } from './program.ts'
import { requestSchema, responseSchema } from './protocol.ts'
import { streamRecordSchema } from './stream.ts'

const schemas = {
  description: descriptionSchema,
  program: programSchema,
  request: requestSchema,
  response: responseSchema,
  'stream-record': streamRecordSchema,
}

/**
 * The contract as JSON Schema (draft 2020-12), for adapters and readers in other languages, by file name. What an adapter
 * may leave out is optional in `description`.
 */
export function jsonSchemas(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(schemas).map(([name, schema]) => [
      `${name}.schema.json`,
      `${JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), null, 2)}\n`,
    ]),
  )
}
