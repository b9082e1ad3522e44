/** One thing on the screen, as the page source tells of it. */
export interface ScreenNode {
  readonly id: string
  readonly text: string
  readonly clickable: boolean
  /** Where its middle is, in pixels. */
  readonly x: number
  readonly y: number
}

const attribute = (node: string, name: string): string => new RegExp(`\\s${name}="([^"]*)"`).exec(node)?.[1] ?? ''

/** Reads the page source of uiautomator2: what it says of each node that has bounds. */
export const nodesOf = (source: string): readonly ScreenNode[] =>
  [...source.matchAll(/<[\w.$]+\s[^>]*>/g)].flatMap(([node]) => {
    const [left, top, right, bottom] = [...attribute(node, 'bounds').matchAll(/-?\d+/g)].map(Number)
    if (left === undefined || top === undefined || right === undefined || bottom === undefined) return []
    return [
      {
        id: attribute(node, 'resource-id'),
        text: attribute(node, 'text'),
        clickable: attribute(node, 'clickable') === 'true',
        x: Math.round((left + right) / 2),
        y: Math.round((top + bottom) / 2),
      },
    ]
  })
