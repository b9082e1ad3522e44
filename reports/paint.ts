import { styleText } from 'node:util'

export type Style = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold'

/** Colours a text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string

export const noPaint: Paint = (_style, text) => text
export const colours: Paint = (style, text) => styleText(style, text, { validateStream: false })

/** Colour on a terminal only, and not where `NO_COLOR` is set. */
export function paintFor(out: { readonly isTTY?: boolean }, env: Readonly<Record<string, string | undefined>>): Paint {
  return out.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb' ? colours : noPaint
}
