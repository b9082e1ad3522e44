import type { Language } from '../../../virtual/android/texts.ts'

const locales: Readonly<Record<Language, string>> = { en: 'en-US', de: 'de-DE' }
const releases: Readonly<Record<number, string>> = { 34: '14', 30: '11', 28: '9' }

/** What `getprop` tells. */
export const properties = (api: number, language: Language): Readonly<Record<string, string>> => ({
  'dev.bootcomplete': '1',
  'init.svc.bootanim': 'stopped',
  'persist.sys.locale': locales[language],
  'persist.sys.timezone': 'UTC',
  'ro.boot.qemu': '1',
  'ro.build.characteristics': 'emulator',
  'ro.build.version.release': releases[api] ?? '14',
  'ro.build.version.sdk': String(api),
  'ro.debuggable': '0',
  'ro.hardware': 'ranchu',
  'ro.kernel.qemu': '1',
  'ro.product.cpu.abi': 'x86_64',
  'ro.product.cpu.abilist': 'x86_64',
  'ro.product.device': 'holdfast_virtual',
  'ro.product.locale': locales[language],
  'ro.product.manufacturer': 'Holdfast',
  'ro.product.model': 'Holdfast virtual phone',
  'ro.product.name': 'holdfast_virtual',
  'sys.boot_completed': '1',
})
