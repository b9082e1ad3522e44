import { z } from 'zod'
import { lacking } from '../devices/appium/lacking.ts'
import { renderAndroidMatrix } from '../devices/virtual/android/matrix.ts'
import { renderAndroidProfiles } from '../devices/virtual/android/profiles.ts'
import { iosTableWords, renderIosTables } from '../devices/virtual/ios/matrix.ts'
import { renderIosProfiles } from '../devices/virtual/ios/profiles.ts'
import { devices } from '../harness/cli/devices.ts'
import { codes } from '../harness/contract/codes.ts'
import { controls } from '../harness/contract/controls.ts'
import { facets } from '../harness/contract/environment.ts'
import { type OperationName, operations } from '../harness/contract/operations.ts'

/** Pages that hold generated parts, from the root of the project. */
export const pages = [
  'README.md',
  'docs/adapters.md',
  'docs/architecture.md',
  'docs/phones.md',
  'docs/platforms.md',
  'docs/reports.md',
] as const

/** What the words of a table mean, in one paragraph. */
const wordList = (words: Readonly<Record<string, string>>): string =>
  `${Object.entries(words)
    .map(([word, meaning]) => `*${word}*: ${meaning}`)
    .join('; ')}.`

const marked = /(<!-- generated: (\S+)(?: (\S+))? -->\n)[\s\S]*?(<!-- end -->)/g

/**
 * The page with each of its generated parts made anew from the code. A part stands between `<!-- generated: NAME -->`
 * and `<!-- end -->`; `file PATH` is a file's text. `picture` comes from a run and is left as it is.
 * @param read gives a file's text by its path from the root
 */
export async function refreshed(page: string, read: (path: string) => string): Promise<string> {
  const parts: string[] = []
  for (const [whole, start = '', name = '', path, end = ''] of page.matchAll(marked))
    parts.push(name === 'picture' ? whole : `${start}\n${await partOf(name, path, read)}\n\n${end}`)
  return page.replace(marked, () => parts.shift() ?? '')
}

/** The page with another picture. */
export const withPicture = (page: string, picture: string): string =>
  page.replace(marked, (whole, start: string, name: string, _: string | undefined, end: string) =>
    name === 'picture' ? `${start}\n\`\`\`text\n${picture}\n\`\`\`\n\n${end}` : whole,
  )

async function partOf(name: string, path: string | undefined, read: (path: string) => string): Promise<string> {
  switch (name) {
    case 'file':
      return `\`\`\`${path?.endsWith('.py') ? 'python' : 'ts'}\n${read(path ?? '').trimEnd()}\n\`\`\``
    case 'operations':
      return table(['operation', 'meaning', 'profile', 'takes', 'answers'], Object.keys(operations).map(operationRow))
    case 'codes':
      return table(
        ['code', 'when', 'what can be done next'],
        Object.entries(codes).map(([code, row]) => [`\`${code}\``, row.meaning, row.recovery]),
      )
    case 'controls':
      return table(
        ['control', 'what it does'],
        Object.entries(controls).map(([control, { meaning }]) => [`\`${control}\``, meaning]),
      )
    case 'facets':
      return table(
        ['facet', 'what was proven'],
        Object.entries(facets).map(([facet, meaning]) => [`\`${facet}\``, meaning]),
      )
    case 'devices':
      return table(
        ['device', 'fidelity', 'what it is'],
        devices.map(({ name: device, fidelity, meaning }) => [`\`${device}\``, fidelity, meaning]),
      )
    case 'phone-lacks':
      return table(
        ['control', 'which part', 'lacks on', 'why'],
        lacking.map(({ control, only = '', on, why }) => [
          `\`${control}\``,
          only,
          on.map((kind) => `\`${kind}\``).join(', '),
          why,
        ]),
      )
    case 'android-profiles':
      return renderAndroidProfiles()
    case 'android-matrix':
      return renderAndroidMatrix()
    case 'ios-profiles':
      return renderIosProfiles()
    case 'ios-matrix':
      return `${await renderIosTables()}\n\n${wordList(iosTableWords)}`
    default:
      throw new Error(`There is no generated part '${name}': docs/generated.ts makes them.`)
  }
}

function operationRow(op: string): readonly string[] {
  const { meaning, profiles, required, takesName, takesValue, takes = {}, returns } = operations[op as OperationName]
  const fields = [...(takesName ? ['name'] : []), ...(takesValue ? ['value'] : []), ...Object.keys(takes)]
  return [
    `\`${op}\``,
    meaning,
    `${profiles.join(', ')}${required ? '' : ' (may be left out)'}`,
    fields.map((field) => `\`${field}\``).join(', ') || 'nothing',
    answerOf(returns),
  ]
}

function answerOf(returns: z.ZodType): string {
  if (returns instanceof z.ZodNull) return '`null`'
  if (returns instanceof z.ZodBoolean) return '`true` or `false`'
  if (returns instanceof z.ZodArray) return 'a list of strings'
  if (returns instanceof z.ZodEnum) return returns.options.map((option) => `\`"${option}"\``).join(', ')
  return 'a secret'
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
