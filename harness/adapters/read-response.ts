import { z } from 'zod'
import { type Code, codeNames } from '../contract/codes.ts'
import { descriptionSchema } from '../contract/description.ts'
import { formOf, protocolVersion, type Response, responseForms, responseSchema } from '../contract/protocol.ts'
import { descriptionIssue } from './description-issue.ts'
import { masked } from './masked.ts'

/** A line of an adapter. `wrong` goes on from "The adapter 'x' " and says what to do. */
export type ReadLine =
  | { readonly is: 'response'; readonly response: Response }
  | { readonly is: 'wrong'; readonly wrong: string }

/** Reads one line of an adapter's standard output. */
export function readResponse(line: string): ReadLine {
  let json: unknown
  try {
    json = JSON.parse(line)
  } catch {
    return wrong(
      `wrote a line that is no JSON: ${shown(line)}: standard output is for the protocol alone, print to standard error`,
    )
  }
  const read = formOf(responseForms, json, responseSchema).safeParse(json)
  if (!read.success) return wrong(reasonOf(json, line))
  const { data } = read
  if ('hello' in data && data.hello.protocol !== protocolVersion) return wrong(otherVersion(data.hello.protocol))
  return { is: 'response', response: data }
}

const wrong = (text: string): ReadLine => ({ is: 'wrong', wrong: text })
const shown = (line: string): string => JSON.stringify(masked(line, 80))
const otherVersion = (version: unknown): string =>
  `speaks protocol ${JSON.stringify(version) ?? 'undefined'}, and this Holdfast speaks ${protocolVersion}: ` +
  'use an adapter and a Holdfast of the same version'

/** A word that looks like a code is none of our secrets. */
const toldCode = (code: string): string => (/^[a-z]{1,20}(-[a-z]{1,20}){0,3}$/.test(code) ? `"${code}"` : shown(code))

const helloSchema = z.object({ hello: z.looseObject({}) })
const answerSchema = z.looseObject({ id: z.number().int() })
const failSchema = z.object({ fail: z.object({ code: z.string() }) })

/** Why a line of JSON is no response. Values may be secrets: of an answer only its keys are told. */
function reasonOf(json: unknown, line: string): string {
  const hello = helloSchema.safeParse(json)
  if (hello.success) {
    // Another version may describe vaults in another way: that is not what is wrong then.
    const { protocol, description } = hello.data.hello
    if (protocol !== protocolVersion) return otherVersion(protocol)
    const described = descriptionSchema.safeParse(description)
    return described.success
      ? 'said a hello with more in it than protocol and description: leave that out'
      : `describes the vault wrongly: ${descriptionIssue(described.error)}`
  }
  const answer = answerSchema.safeParse(json)
  if (!answer.success) return `wrote a line that is neither a hello nor an answer with an id: ${shown(line)}`
  const { id, ...rest } = answer.data
  const fail = failSchema.safeParse(json)
  if (fail.success && !codeNames.includes(fail.data.fail.code as Code))
    return `answered id ${id} with the code ${toldCode(fail.data.fail.code)}, which the contract does not have: map it, or answer 'internal'`
  const keys = Object.keys(rest).map((key) => `'${masked(key, 20)}'`)
  return `answered id ${id} with ${keys.slice(0, 5).join(', ') || 'nothing'}: it must be one of 'ok', 'fail' and 'native', in the form of the protocol`
}
