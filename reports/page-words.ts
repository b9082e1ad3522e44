import type { Caller, Capability } from '../harness/contract/capabilities.ts'
import { quoted } from './quoted.ts'

/** Who asked, behind what was asked: `, by the page tauri://localhost/ in webview "a" of window "b"`. */
export const byPage = ({ window, webview, url, platform, frame }: Caller): string =>
  `, by ${frame === true ? 'a frame in ' : ''}the page ${url} in webview ${quoted(webview)} of window ${quoted(window)}, on ${platform}`

const list = (of: readonly string[] | undefined): string => (of ?? []).map(quoted).join(', ')
const entries = (of: readonly { readonly name: string }[] | undefined): string =>
  list((of ?? []).map(({ name }) => name))

function permission(one: Capability['permissions'][number]): string {
  if (typeof one === 'string') return one
  const { identifier, allow, deny } = one
  const of = entries(allow)
  const but = entries(deny)
  return `${identifier}${of === '' ? '' : ` of ${of}`}${but === '' ? '' : ` but not of ${but}`}`
}

/** A capability in words. */
function capabilityWords({ windows, webviews, local, remote, platforms, permissions }: Capability): string {
  const who = [
    list(windows) === '' ? [] : [`windows ${list(windows)}`],
    list(webviews) === '' ? [] : [`webviews ${list(webviews)}`],
  ].flat()
  const pages = [
    local === false ? [] : ['own pages'],
    (remote?.urls ?? []).length === 0 ? [] : [`pages of ${remote?.urls.join(', ')}`],
  ].flat()
  const on = platforms === undefined ? '' : ` on ${platforms.join(', ')}`
  const what = permissions.map(permission).join(', ')
  return `to ${pages.join(' and ') || 'no page'} in ${who.join(' or ') || 'no window'}${on}: ${what || 'nothing'}`
}

export const grantWords = (capabilities: readonly Capability[]): string =>
  capabilities.length === 0
    ? 'Asked to grant pages nothing'
    : `Asked to grant ${capabilities.map(capabilityWords).join('; and ')}`
