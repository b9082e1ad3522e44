import type { Screen, View } from '../../virtual-android/phone/view.ts'
import type { Alert } from './iphone.ts'

const kinds: Readonly<Record<View['class'], string>> = {
  TextView: 'StaticText',
  Button: 'Button',
  EditText: 'TextField',
  ImageView: 'Image',
  WebView: 'WebView',
}
/** How XCUITest names the kind of a thing on the screen. */
export const kindOf = ({ class: kind, password }: View): string =>
  `XCUIElementType${password === true ? 'SecureTextField' : kinds[kind]}`

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
const element = (kind: string, name: string, inside = ''): string => {
  const attributes = `type="${kind}" name="${escaped(name)}" label="${escaped(name)}" enabled="true" visible="true"`
  return inside === '' ? `<${kind} ${attributes}/>` : `<${kind} ${attributes}>${inside}</${kind}>`
}

/** What is on the screen, as XCUITest tells it. An alert is in front of everything else. */
export const pageSource = (screen: Screen, alert: Alert | null): string => {
  const views = screen.views.map((view) => element(kindOf(view), view.text)).join('')
  const inside = alert === null ? views : element('XCUIElementTypeAlert', alert.text, views)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('XCUIElementTypeApplication', screen.package, inside)}`
}
