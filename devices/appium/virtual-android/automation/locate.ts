import type { Screen, View } from '../phone/view.ts'
import { attributesOf } from './page-source.ts'

/** Thrown where a selector is of a kind or form that this phone does not read. */
export class SelectorFault extends Error {
  override readonly name = 'SelectorFault'
}

type Test = (attributes: Readonly<Record<string, string>>) => boolean

/** `UiSelector` methods, and what each looks at. */
const selectorMethods: Readonly<
  Record<string, readonly [attribute: string, how: 'is' | 'contains' | 'starts' | 'matches']>
> = {
  text: ['text', 'is'],
  textContains: ['text', 'contains'],
  textStartsWith: ['text', 'starts'],
  textMatches: ['text', 'matches'],
  description: ['content-desc', 'is'],
  descriptionContains: ['content-desc', 'contains'],
  resourceId: ['resource-id', 'is'],
  resourceIdMatches: ['resource-id', 'matches'],
  className: ['class', 'is'],
  packageName: ['package', 'is'],
  clickable: ['clickable', 'is'],
}
const holds = (value: string, how: 'is' | 'contains' | 'starts' | 'matches', wanted: string): boolean => {
  if (how === 'contains') return value.includes(wanted)
  if (how === 'starts') return value.startsWith(wanted)
  return how === 'is'
    ? value === wanted
    : new RegExp(`^(?:${wanted.replace(/^\(\?i\)/, '')})$`, wanted.startsWith('(?i)') ? 'i' : '').test(value)
}

const bySelector = (selector: string): Test => {
  const calls = [...selector.matchAll(/\.(\w+)\((?:"((?:[^"\\]|\\.)*)"|(true|false))\)/g)]
  if (!/^new UiSelector\(\)/.test(selector) || calls.length === 0)
    throw new SelectorFault(`no UiSelector of this phone: ${selector}`)
  const tests = calls.map(([, method = '', text, flag]): Test => {
    const row = selectorMethods[method]
    if (row === undefined) throw new SelectorFault(`UiSelector.${method} is not known to this phone`)
    return (attributes) => holds(attributes[row[0]] ?? '', row[1], text ?? flag ?? '')
  })
  return (attributes) => tests.every((test) => test(attributes))
}
const byXpath = (selector: string): Test => {
  const read = /^\/\/([\w.]+|\*)((?:\[@[\w-]+=(?:"[^"]*"|'[^']*')\])*)$/.exec(selector)
  if (read === null) throw new SelectorFault(`of XPath this phone reads //class[@attribute="value"], not ${selector}`)
  const [, name = '*', conditions = ''] = read
  const wanted = [...conditions.matchAll(/@([\w-]+)=(?:"([^"]*)"|'([^']*)')/g)]
  return (attributes) =>
    (name === '*' || attributes.class === name) &&
    wanted.every(([, attribute = '', double, single]) => attributes[attribute] === (double ?? single))
}
const testOf = (strategy: string, selector: string): Test => {
  switch (strategy) {
    case 'id':
      return (attributes) =>
        attributes['resource-id'] === selector || attributes['resource-id']?.split('/')[1] === selector
    case 'accessibility id':
      return (attributes) => attributes['content-desc'] === selector
    case 'class name':
      return (attributes) => attributes.class === selector
    case '-android uiautomator':
      return bySelector(selector)
    case 'xpath':
      return byXpath(selector)
    default:
      throw new SelectorFault(`this phone has no strategy '${strategy}'`)
  }
}

/**
 * Views of the screen that a selector means, from above.
 * @throws SelectorFault
 */
export const locate = ({ views, package: owner }: Screen, strategy: string, selector: string): readonly View[] => {
  const test = testOf(strategy, selector)
  return views.filter((view) => test(attributesOf(view, owner)))
}
