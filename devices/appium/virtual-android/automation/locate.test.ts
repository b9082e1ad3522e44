import { expect, test } from 'vitest'
import { laidOut, type Screen } from '../phone/view.ts'
import { locate, SelectorFault } from './locate.ts'
import { pageSource } from './page-source.ts'

const screen: Screen = {
  window: 'w',
  package: 'com.example',
  views: laidOut([
    { class: 'TextView', id: 'com.example:id/title', text: 'Touch & <hold>' },
    { class: 'Button', text: 'Done', tap() {} },
    { class: 'ImageView', text: '', description: 'Delete' },
  ]),
}
const found = (strategy: string, selector: string) => locate(screen, strategy, selector).map(({ class: kind }) => kind)

test.each([
  ['id', 'com.example:id/title', ['TextView']],
  ['id', 'title', ['TextView']],
  ['accessibility id', 'Delete', ['ImageView']],
  ['class name', 'android.widget.Button', ['Button']],
  ['-android uiautomator', 'new UiSelector().textMatches("(?i)done|ok").clickable(true)', ['Button']],
  ['-android uiautomator', 'new UiSelector().textContains("Touch")', ['TextView']],
  ['xpath', '//android.widget.Button[@text="Done"]', ['Button']],
  ['xpath', "//*[@content-desc='Delete']", ['ImageView']],
  ['xpath', '//*[@text="Nothing"]', []],
] as const)('%s %s', (strategy, selector, wanted) => {
  expect(found(strategy, selector)).toEqual(wanted)
})

test.each([
  ['xpath', '//a/b[1]'],
  ['-android uiautomator', 'new UiScrollable()'],
  ['-android uiautomator', 'new UiSelector().index(2).text("x").swipe("y")'],
  ['css selector', '#a'],
])('%s %s is refused, not guessed', (strategy, selector) => {
  expect(() => found(strategy, selector)).toThrow(SelectorFault)
})

test('the page source tells what is there, and escapes it', () => {
  const source = pageSource(screen, true)
  expect(source).toContain('text="Touch &amp; &lt;hold&gt;"')
  expect(source).toContain('rotation="1"')
  expect(source.match(/clickable="true"/g)).toHaveLength(1)
})
