import type { Screen, View } from '../phone/view.ts'

/** Attributes of a view, named as uiautomator2 names them. */
export const attributesOf = (view: View, owner: string): Readonly<Record<string, string>> => ({
  package: view.id.includes(':') ? (view.id.split(':')[0] ?? owner) : owner,
  class: view.class === 'WebView' ? 'android.webkit.WebView' : `android.widget.${view.class}`,
  text: view.text,
  ...(view.description === '' ? {} : { 'content-desc': view.description }),
  'resource-id': view.id,
  clickable: String(view.tap !== undefined),
  enabled: 'true',
  displayed: 'true',
  password: String(view.password === true),
  bounds: `[${view.bounds.left},${view.bounds.top}][${view.bounds.right},${view.bounds.bottom}]`,
})

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** What is on the screen as XML. `turned`: the screen lies on its side. */
export const pageSource = ({ package: owner, views }: Screen, turned: boolean): string => {
  const nodes = views.map((view, index) => {
    const attributes = attributesOf(view, owner)
    const told = Object.entries(attributes).map(([name, value]) => `${name}="${escaped(value)}"`)
    return `    <${attributes.class} index="${index}" ${told.join(' ')} />`
  })
  return [
    "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>",
    `<hierarchy index="0" class="hierarchy" rotation="${turned ? 1 : 0}">`,
    `  <android.widget.FrameLayout index="0" package="${owner}" class="android.widget.FrameLayout">`,
    ...nodes,
    '  </android.widget.FrameLayout>',
    '</hierarchy>',
  ].join('\n')
}
