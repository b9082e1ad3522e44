import { printable } from './printable.ts'

/** An element of XML. Text and attributes are given as they are and escaped when written. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string | number>>
  readonly children: readonly (Element | string)[]
}

export const element = (
  name: string,
  attributes: Element['attributes'],
  ...children: readonly (Element | string)[]
): Element => ({ name, attributes, children })

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Text that XML takes anywhere: characters that it forbids become U+FFFD. */
function escaped(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => escapes[character] ?? character)
}

/** A whole document, indented, ending in a line end. */
export function xml(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, '')}\n`
}

function written({ name, attributes, children }: Element, indent: string): string {
  const given = Object.entries(attributes).map(
    // Line ends and tabs in attributes would be read back as blanks.
    ([key, value]) => ` ${key}="${escaped(String(value)).replace(/[\n\t]/g, (blank) => `&#${blank.charCodeAt(0)};`)}"`,
  )
  const start = `${indent}<${name}${given.join('')}`
  if (children.length === 0) return `${start}/>`
  const inside = children.map((child) => (typeof child === 'string' ? escaped(child) : written(child, `${indent}  `)))
  // Text keeps its own line ends: nothing is added around it.
  if (children.some((child) => typeof child === 'string')) return `${start}>${inside.join('')}</${name}>`
  return `${start}>\n${inside.join('\n')}\n${indent}</${name}>`
}
